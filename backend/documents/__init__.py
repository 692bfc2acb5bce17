"""Documents (giấy tờ): pages photographed, received, opened safely, cleaned and put together.

Owns `files`, `masters`, `pages`, `component_files`, `uploads`, `upload_days`, and the bytes in the blob store.
"""
