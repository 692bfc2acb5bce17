"""Documents (giấy tờ): pages photographed, received, opened safely, cleaned and put together.

Which stage of it the post does and which the office is dated rows, by post and procedure.

Owns `files`, `masters`, `pages`, `replaced_pictures`, `component_files`, `uploads`, `upload_days`,
`digitisation_stages`, and the bytes in the blob store.
"""
