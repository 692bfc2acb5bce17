"""Units (đơn vị): provinces, communes, posts, one-stops, agencies, who is whose same level, whose days are working.

Owns `provinces`, `districts`, `communes`, `area_successors`, `units`, `unit_versions`, `unit_areas`,
`same_level_posts`, `lead_units`, `public_days`, `unit_days`, `unit_hours`, `unit_stages`. Everything is dated: no
look-up without a day.
"""
