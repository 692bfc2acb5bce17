-- Geography, offices and working days: all dated. A code or a name means nothing without a date.
-- A version in use is never changed: a correction closes it (the end of `valid`) and adds another.
-- `valid` is of days in Việt Nam, the first day included, the last one excluded, open where nothing is decided.

CREATE FUNCTION only_closes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF lower(NEW.valid) IS DISTINCT FROM lower(OLD.valid) OR isempty(NEW.valid) OR NOT NEW.valid <@ OLD.valid THEN
        RAISE EXCEPTION 'version % of % may only be closed', OLD.id, TG_TABLE_NAME
            USING ERRCODE = 'check_violation', CONSTRAINT = 'version_only_closes';
    END IF;
    RETURN NEW;
END
$$;

CREATE TABLE provinces (
    id uuid PRIMARY KEY,
    code text NOT NULL,
    valid daterange NOT NULL,
    name text NOT NULL,
    folded text NOT NULL,
    source text NOT NULL,
    recorded_at timestamptz NOT NULL DEFAULT now(),
    changed xid8 NOT NULL DEFAULT pg_current_xact_id(),
    CONSTRAINT province_code_shape CHECK (code ~ '^[0-9]{2}$'),
    CONSTRAINT province_valid_some_day CHECK (NOT isempty(valid)),
    CONSTRAINT province_one_version_a_day EXCLUDE USING gist (code WITH =, valid WITH &&)
);

-- Until 30/6/2025.
CREATE TABLE districts (
    id uuid PRIMARY KEY,
    code text NOT NULL,
    valid daterange NOT NULL,
    name text NOT NULL,
    folded text NOT NULL,
    province_code text NOT NULL,
    source text NOT NULL,
    recorded_at timestamptz NOT NULL DEFAULT now(),
    changed xid8 NOT NULL DEFAULT pg_current_xact_id(),
    CONSTRAINT district_code_shape CHECK (code ~ '^[0-9]{3}$'),
    CONSTRAINT district_valid_some_day CHECK (NOT isempty(valid)),
    CONSTRAINT district_one_version_a_day EXCLUDE USING gist (code WITH =, valid WITH &&)
);

CREATE TABLE communes (
    id uuid PRIMARY KEY,
    code text NOT NULL,
    valid daterange NOT NULL,
    name text NOT NULL,
    folded text NOT NULL,
    district_code text,
    province_code text NOT NULL,
    lat double precision,
    lon double precision,
    source text NOT NULL,
    recorded_at timestamptz NOT NULL DEFAULT now(),
    changed xid8 NOT NULL DEFAULT pg_current_xact_id(),
    CONSTRAINT commune_code_shape CHECK (code ~ '^[0-9]{5}$'),
    CONSTRAINT commune_valid_some_day CHECK (NOT isempty(valid)),
    CONSTRAINT commune_place_is_whole CHECK ((lat IS NULL) = (lon IS NULL)),
    CONSTRAINT commune_place_on_earth CHECK (lat BETWEEN -90 AND 90 AND lon BETWEEN -180 AND 180),
    CONSTRAINT commune_one_version_a_day EXCLUDE USING gist (code WITH =, valid WITH &&)
);
CREATE INDEX communes_folded ON communes USING gin (folded gin_trgm_ops);

-- What an area became, and from which day. One may become several, several may become one.
CREATE TABLE area_successors (
    level text NOT NULL,
    old_code text NOT NULL,
    since date NOT NULL,
    new_code text NOT NULL,
    source text NOT NULL,
    recorded_at timestamptz NOT NULL DEFAULT now(),
    changed xid8 NOT NULL DEFAULT pg_current_xact_id(),
    PRIMARY KEY (level, old_code, since, new_code),
    CONSTRAINT area_level_known CHECK (level IN ('province', 'district', 'commune'))
);

-- A post, a one-stop, an agency: what it is stays; its name, level, place and parent are dated.
CREATE TABLE units (
    id uuid PRIMARY KEY,
    kind text NOT NULL,
    source text NOT NULL,
    recorded_at timestamptz NOT NULL DEFAULT now(),
    changed xid8 NOT NULL DEFAULT pg_current_xact_id(),
    CONSTRAINT unit_kind_known CHECK (
        kind IN ('province_post', 'post', 'postal_point', 'one_stop', 'agency', 'hotline')
    )
);

-- `identifier` is the canonical spelling (H20.12), `identifier_long` the one of TT 10/2016 (000.00.12.H20), if it has one.
-- `working_week`: the weekdays that count in deadlines, 1 = Monday; opening hours are another matter.
CREATE TABLE unit_versions (
    id uuid PRIMARY KEY,
    unit_id uuid NOT NULL REFERENCES units (id),
    valid daterange NOT NULL,
    name text NOT NULL,
    folded text NOT NULL,
    level text NOT NULL,
    commune_code text NOT NULL,
    parent_id uuid REFERENCES units (id),
    identifier text,
    identifier_long text,
    working_week smallint [] NOT NULL,
    source text NOT NULL,
    recorded_at timestamptz NOT NULL DEFAULT now(),
    changed xid8 NOT NULL DEFAULT pg_current_xact_id(),
    CONSTRAINT unit_level_known CHECK (level IN ('province', 'district', 'commune')),
    CONSTRAINT unit_not_its_own_parent CHECK (parent_id <> unit_id),
    CONSTRAINT unit_identifier_shape CHECK (identifier ~ '^[A-Z][0-9]{2}([.][0-9]{2,3}){0,3}$'),
    CONSTRAINT unit_identifier_long_shape CHECK (identifier_long ~ '^[0-9]{3}[.][0-9]{2}[.][0-9]{2}[.][A-Z][0-9]{2}$'),
    CONSTRAINT unit_identifier_long_needs_the_canonical CHECK (identifier_long IS NULL OR identifier IS NOT NULL),
    CONSTRAINT unit_week_has_weekdays CHECK (
        working_week <@ ARRAY[1, 2, 3, 4, 5, 6, 7]::smallint [] AND cardinality(working_week) > 0
    ),
    CONSTRAINT unit_version_valid_some_day CHECK (NOT isempty(valid)),
    CONSTRAINT unit_one_version_a_day EXCLUDE USING gist (unit_id WITH =, valid WITH &&),
    CONSTRAINT unit_identifier_of_one_unit EXCLUDE USING gist (identifier WITH =, valid WITH &&)
    WHERE (identifier IS NOT NULL)
);
CREATE INDEX unit_versions_folded ON unit_versions USING gin (folded gin_trgm_ops);

-- The communes a unit serves.
CREATE TABLE unit_areas (
    id uuid PRIMARY KEY,
    unit_id uuid NOT NULL REFERENCES units (id),
    commune_code text NOT NULL,
    valid daterange NOT NULL,
    source text NOT NULL,
    recorded_at timestamptz NOT NULL DEFAULT now(),
    changed xid8 NOT NULL DEFAULT pg_current_xact_id(),
    CONSTRAINT unit_area_code_shape CHECK (commune_code ~ '^[0-9]{5}$'),
    CONSTRAINT unit_area_valid_some_day CHECK (NOT isempty(valid)),
    CONSTRAINT unit_area_once_a_day EXCLUDE USING gist (unit_id WITH =, commune_code WITH =, valid WITH &&)
);
CREATE INDEX unit_areas_of_commune ON unit_areas (commune_code);

-- "Bưu điện cùng cấp": to which post the hotline, a one-stop or an agency forwards (QĐ 1326).
CREATE TABLE same_level_posts (
    id uuid PRIMARY KEY,
    unit_id uuid NOT NULL REFERENCES units (id),
    post_id uuid NOT NULL REFERENCES units (id),
    valid daterange NOT NULL,
    source text NOT NULL,
    recorded_at timestamptz NOT NULL DEFAULT now(),
    changed xid8 NOT NULL DEFAULT pg_current_xact_id(),
    CONSTRAINT same_level_post_is_another_unit CHECK (unit_id <> post_id),
    CONSTRAINT same_level_post_valid_some_day CHECK (NOT isempty(valid)),
    CONSTRAINT same_level_one_post_a_day EXCLUDE USING gist (unit_id WITH =, valid WITH &&)
);

-- "Đầu mối": the lead organisation of an area of a level.
CREATE TABLE lead_units (
    id uuid PRIMARY KEY,
    level text NOT NULL,
    area_code text NOT NULL,
    unit_id uuid NOT NULL REFERENCES units (id),
    valid daterange NOT NULL,
    source text NOT NULL,
    recorded_at timestamptz NOT NULL DEFAULT now(),
    changed xid8 NOT NULL DEFAULT pg_current_xact_id(),
    CONSTRAINT lead_level_known CHECK (level IN ('province', 'district', 'commune')),
    CONSTRAINT lead_valid_some_day CHECK (NOT isempty(valid)),
    CONSTRAINT lead_one_unit_a_day EXCLUDE USING gist (level WITH =, area_code WITH =, valid WITH &&)
);

-- Days off and make-up working days of the whole country. `valid`: when this was what one had to reckon with,
-- so that a forecast can be corrected and a deadline computed before the correction still be explained.
CREATE TABLE public_days (
    id uuid PRIMARY KEY,
    day date NOT NULL,
    valid daterange NOT NULL,
    kind text NOT NULL,
    instead_of date,
    note text NOT NULL,
    source text NOT NULL,
    recorded_at timestamptz NOT NULL DEFAULT now(),
    changed xid8 NOT NULL DEFAULT pg_current_xact_id(),
    CONSTRAINT public_day_kind_known CHECK (kind IN ('off', 'work')),
    CONSTRAINT public_day_makes_up_for_another CHECK ((kind = 'work') = (instead_of IS NOT NULL)),
    CONSTRAINT public_day_valid_some_day CHECK (NOT isempty(valid)),
    CONSTRAINT public_day_one_answer EXCLUDE USING gist (day WITH =, valid WITH &&)
);

-- A unit's own exceptions: closed that day, or open at hours of its own.
CREATE TABLE unit_days (
    id uuid PRIMARY KEY,
    unit_id uuid NOT NULL REFERENCES units (id),
    day date NOT NULL,
    valid daterange NOT NULL,
    kind text NOT NULL,
    opens time,
    closes time,
    note text NOT NULL,
    source text NOT NULL,
    recorded_at timestamptz NOT NULL DEFAULT now(),
    changed xid8 NOT NULL DEFAULT pg_current_xact_id(),
    CONSTRAINT unit_day_kind_known CHECK (kind IN ('off', 'work')),
    CONSTRAINT unit_day_has_hours_when_open CHECK (
        (kind = 'off' AND opens IS NULL AND closes IS NULL)
        OR (kind = 'work' AND opens IS NOT NULL AND closes IS NOT NULL AND opens < closes)
    ),
    CONSTRAINT unit_day_valid_some_day CHECK (NOT isempty(valid)),
    CONSTRAINT unit_day_one_answer EXCLUDE USING gist (unit_id WITH =, day WITH =, valid WITH &&)
);

-- Weekly hours, apart for the counter and for visits at home (F26: slots from 05:30 to 20:00).
CREATE TABLE unit_hours (
    id uuid PRIMARY KEY,
    unit_id uuid NOT NULL REFERENCES units (id),
    place text NOT NULL,
    weekday smallint NOT NULL,
    opens time NOT NULL,
    closes time NOT NULL,
    -- How many visits one courier (at home) or the counter takes in a window; unknown: nobody has said.
    seats smallint,
    valid daterange NOT NULL,
    source text NOT NULL,
    recorded_at timestamptz NOT NULL DEFAULT now(),
    changed xid8 NOT NULL DEFAULT pg_current_xact_id(),
    CONSTRAINT unit_hours_seats_positive CHECK (seats > 0),
    CONSTRAINT unit_hours_place_known CHECK (place IN ('counter', 'home')),
    CONSTRAINT unit_hours_weekday_known CHECK (weekday BETWEEN 1 AND 7),
    CONSTRAINT unit_hours_are_a_span CHECK (opens < closes),
    CONSTRAINT unit_hours_valid_some_day CHECK (NOT isempty(valid)),
    CONSTRAINT unit_hours_apart EXCLUDE USING gist (
        unit_id WITH =,
        place WITH =,
        weekday WITH =,
        tsrange('2000-01-01'::date + opens, '2000-01-01'::date + closes) WITH &&,
        valid WITH &&
    )
);

-- The transfer scheme at an office (Đề án chuyển giao): a pilot at first, official since 2022, each from day to day.
CREATE TABLE unit_stages (
    id uuid PRIMARY KEY,
    unit_id uuid NOT NULL REFERENCES units (id),
    stage text NOT NULL,
    valid daterange NOT NULL,
    source text NOT NULL,
    recorded_at timestamptz NOT NULL DEFAULT now(),
    changed xid8 NOT NULL DEFAULT pg_current_xact_id(),
    CONSTRAINT unit_stage_known CHECK (stage IN ('pilot', 'official')),
    CONSTRAINT unit_stage_valid_some_day CHECK (NOT isempty(valid)),
    CONSTRAINT unit_stage_one_a_day EXCLUDE USING gist (unit_id WITH =, valid WITH &&)
);

CREATE TRIGGER provinces_close BEFORE UPDATE ON provinces FOR EACH ROW EXECUTE FUNCTION only_closes();
CREATE TRIGGER provinces_touch BEFORE UPDATE ON provinces FOR EACH ROW EXECUTE FUNCTION touch();
CREATE TRIGGER districts_close BEFORE UPDATE ON districts FOR EACH ROW EXECUTE FUNCTION only_closes();
CREATE TRIGGER districts_touch BEFORE UPDATE ON districts FOR EACH ROW EXECUTE FUNCTION touch();
CREATE TRIGGER communes_close BEFORE UPDATE ON communes FOR EACH ROW EXECUTE FUNCTION only_closes();
CREATE TRIGGER communes_touch BEFORE UPDATE ON communes FOR EACH ROW EXECUTE FUNCTION touch();
CREATE TRIGGER unit_versions_close BEFORE UPDATE ON unit_versions FOR EACH ROW EXECUTE FUNCTION only_closes();
CREATE TRIGGER unit_versions_touch BEFORE UPDATE ON unit_versions FOR EACH ROW EXECUTE FUNCTION touch();
CREATE TRIGGER unit_areas_close BEFORE UPDATE ON unit_areas FOR EACH ROW EXECUTE FUNCTION only_closes();
CREATE TRIGGER unit_areas_touch BEFORE UPDATE ON unit_areas FOR EACH ROW EXECUTE FUNCTION touch();
CREATE TRIGGER same_level_posts_close BEFORE UPDATE ON same_level_posts FOR EACH ROW EXECUTE FUNCTION only_closes();
CREATE TRIGGER same_level_posts_touch BEFORE UPDATE ON same_level_posts FOR EACH ROW EXECUTE FUNCTION touch();
CREATE TRIGGER lead_units_close BEFORE UPDATE ON lead_units FOR EACH ROW EXECUTE FUNCTION only_closes();
CREATE TRIGGER lead_units_touch BEFORE UPDATE ON lead_units FOR EACH ROW EXECUTE FUNCTION touch();
CREATE TRIGGER public_days_close BEFORE UPDATE ON public_days FOR EACH ROW EXECUTE FUNCTION only_closes();
CREATE TRIGGER public_days_touch BEFORE UPDATE ON public_days FOR EACH ROW EXECUTE FUNCTION touch();
CREATE TRIGGER unit_days_close BEFORE UPDATE ON unit_days FOR EACH ROW EXECUTE FUNCTION only_closes();
CREATE TRIGGER unit_days_touch BEFORE UPDATE ON unit_days FOR EACH ROW EXECUTE FUNCTION touch();
CREATE TRIGGER unit_hours_close BEFORE UPDATE ON unit_hours FOR EACH ROW EXECUTE FUNCTION only_closes();
CREATE TRIGGER unit_hours_touch BEFORE UPDATE ON unit_hours FOR EACH ROW EXECUTE FUNCTION touch();
CREATE TRIGGER unit_stages_close BEFORE UPDATE ON unit_stages FOR EACH ROW EXECUTE FUNCTION only_closes();
CREATE TRIGGER unit_stages_touch BEFORE UPDATE ON unit_stages FOR EACH ROW EXECUTE FUNCTION touch();

GRANT SELECT ON
provinces, districts, communes, area_successors, units, unit_versions, unit_areas, same_level_posts, lead_units,
public_days, unit_days, unit_hours, unit_stages
TO tannha_app, tannha_service, tannha_province;
GRANT INSERT ON
provinces, districts, communes, area_successors, units, unit_versions, unit_areas, same_level_posts, lead_units,
public_days, unit_days, unit_hours, unit_stages
TO tannha_service;
GRANT UPDATE (valid) ON
provinces, districts, communes, unit_versions, unit_areas, same_level_posts, lead_units, public_days, unit_days,
unit_hours, unit_stages
TO tannha_service;
