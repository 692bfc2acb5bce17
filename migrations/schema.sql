-- The schema after the last migration. Made by `tannha schema`; not to be edited.

-- PostgreSQL database dump

-- Name: btree_gist; Type: EXTENSION; Schema: -; Owner: -

CREATE EXTENSION IF NOT EXISTS btree_gist WITH SCHEMA public;

-- Name: EXTENSION btree_gist; Type: COMMENT; Schema: -; Owner: -

COMMENT ON EXTENSION btree_gist IS 'support for indexing common datatypes in GiST';

-- Name: pg_trgm; Type: EXTENSION; Schema: -; Owner: -

CREATE EXTENSION IF NOT EXISTS pg_trgm WITH SCHEMA public;

-- Name: EXTENSION pg_trgm; Type: COMMENT; Schema: -; Owner: -

COMMENT ON EXTENSION pg_trgm IS 'text similarity measurement and index searching based on trigrams';

-- Name: pgqueuer_status; Type: TYPE; Schema: public; Owner: -

CREATE TYPE public.pgqueuer_status AS ENUM (
    'queued',
    'picked',
    'successful',
    'exception',
    'canceled',
    'deleted',
    'failed'
);

-- Name: case_tells_its_units(); Type: FUNCTION; Schema: public; Owner: -

CREATE FUNCTION public.case_tells_its_units() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    UPDATE case_units SET state = NEW.state WHERE case_id = NEW.case_id;
    RETURN NULL;
END $$;

-- Name: entries_sum_to_zero(); Type: FUNCTION; Schema: public; Owner: -

CREATE FUNCTION public.entries_sum_to_zero() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF (SELECT sum(e.amount) FROM entries AS e WHERE e.transfer_id = NEW.transfer_id) <> 0 THEN
        RAISE EXCEPTION 'transfer % does not sum to zero', NEW.transfer_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'transfer_sums_to_zero';
    END IF;
    RETURN NULL;
END
$$;

-- Name: only_closes(); Type: FUNCTION; Schema: public; Owner: -

CREATE FUNCTION public.only_closes() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF lower(NEW.valid) IS DISTINCT FROM lower(OLD.valid) OR isempty(NEW.valid) OR NOT NEW.valid <@ OLD.valid THEN
        RAISE EXCEPTION 'version % of % may only be closed', OLD.id, TG_TABLE_NAME
            USING ERRCODE = 'check_violation', CONSTRAINT = 'version_only_closes';
    END IF;
    RETURN NEW;
END
$$;

-- Name: touch(); Type: FUNCTION; Schema: public; Owner: -

CREATE FUNCTION public.touch() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    NEW.changed := pg_current_xact_id();
    RETURN NEW;
END
$$;

-- Name: unit_learns_of_case(); Type: FUNCTION; Schema: public; Owner: -

CREATE FUNCTION public.unit_learns_of_case() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    SELECT c.state, c.opened_at INTO STRICT NEW.state, NEW.opened_at FROM cases AS c WHERE c.case_id = NEW.case_id;
    RETURN NEW;
END $$;

-- Name: units_in_reach(); Type: FUNCTION; Schema: public; Owner: -

CREATE FUNCTION public.units_in_reach() RETURNS uuid[]
    LANGUAGE sql STABLE
    AS $$
    SELECT string_to_array(NULLIF(current_setting('tannha.units', true), ''), ',')::uuid []
$$;

-- Name: acts; Type: TABLE; Schema: public; Owner: -

CREATE TABLE public.acts (
    subject_kind text NOT NULL,
    subject_id uuid NOT NULL,
    n integer NOT NULL,
    made_by uuid NOT NULL,
    id uuid NOT NULL,
    parent uuid,
    case_id uuid,
    kind text NOT NULL,
    actor uuid NOT NULL,
    rules_made integer NOT NULL,
    rules_judged integer NOT NULL,
    claimed_at timestamp with time zone NOT NULL,
    occurred_at timestamp with time zone NOT NULL,
    clock text NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    fingerprint bytea NOT NULL,
    outcome text NOT NULL,
    exceptions text[] DEFAULT '{}'::text[] NOT NULL,
    previous bytea NOT NULL,
    hash bytea NOT NULL,
    placed bigint NOT NULL,
    changed xid8 DEFAULT pg_current_xact_id() NOT NULL,
    CONSTRAINT act_clock_known CHECK ((clock = ANY (ARRAY['corrected'::text, 'bounded'::text, 'receipt'::text, 'server'::text, 'paper'::text]))),
    CONSTRAINT act_n_counts CHECK ((n > 0))
);

ALTER TABLE ONLY public.acts FORCE ROW LEVEL SECURITY;

-- Name: acts_placed_seq; Type: SEQUENCE; Schema: public; Owner: -

ALTER TABLE public.acts ALTER COLUMN placed ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.acts_placed_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

-- Name: appointments; Type: TABLE; Schema: public; Owner: -

CREATE TABLE public.appointments (
    case_id uuid NOT NULL,
    appointment_id uuid NOT NULL,
    visit_id uuid NOT NULL,
    purpose text NOT NULL,
    unit_id uuid NOT NULL,
    day date NOT NULL,
    time_window text NOT NULL,
    seat integer NOT NULL,
    state text NOT NULL,
    live boolean NOT NULL,
    calls integer DEFAULT 0 NOT NULL,
    called_at timestamp with time zone,
    call_outcome text,
    next_call_at timestamp with time zone,
    changed xid8 DEFAULT pg_current_xact_id() NOT NULL,
    CONSTRAINT appointment_call_has_an_outcome CHECK (((calls >= 0) AND ((calls = 0) = (called_at IS NULL)) AND ((called_at IS NULL) = (call_outcome IS NULL)))),
    CONSTRAINT appointment_seat_counts CHECK (((seat >= 1) AND (seat <= 1000))),
    CONSTRAINT appointment_window_shape CHECK ((time_window ~ '^[0-2][0-9]:[0-5][0-9]-[0-2][0-9]:[0-5][0-9]$'::text))
);

-- Name: area_successors; Type: TABLE; Schema: public; Owner: -

CREATE TABLE public.area_successors (
    level text NOT NULL,
    old_code text NOT NULL,
    since date NOT NULL,
    new_code text NOT NULL,
    source text NOT NULL,
    recorded_at timestamp with time zone DEFAULT now() NOT NULL,
    changed xid8 DEFAULT pg_current_xact_id() NOT NULL,
    CONSTRAINT area_level_known CHECK ((level = ANY (ARRAY['province'::text, 'district'::text, 'commune'::text])))
);

-- Name: bag_parcels; Type: TABLE; Schema: public; Owner: -

CREATE TABLE public.bag_parcels (
    bag_id uuid NOT NULL,
    parcel_id uuid NOT NULL,
    case_id uuid NOT NULL,
    announced boolean NOT NULL,
    found boolean NOT NULL,
    changed xid8 DEFAULT pg_current_xact_id() NOT NULL
);

-- Name: bags; Type: TABLE; Schema: public; Owner: -

CREATE TABLE public.bags (
    bag_id uuid NOT NULL,
    tag text NOT NULL,
    unit_id uuid NOT NULL,
    to_unit uuid NOT NULL,
    state text NOT NULL,
    holder_kind text NOT NULL,
    holder uuid NOT NULL,
    seal_number text,
    opened_at timestamp with time zone NOT NULL,
    closed_at timestamp with time zone,
    offered_at timestamp with time zone,
    received_at timestamp with time zone,
    received_by uuid,
    result text,
    giver_signed_by uuid,
    giver_signed_at timestamp with time zone,
    receiver_signed_by uuid,
    receiver_signed_at timestamp with time zone,
    settled_by uuid,
    settled_at timestamp with time zone,
    settled_because text,
    changed xid8 DEFAULT pg_current_xact_id() NOT NULL,
    CONSTRAINT bag_goes_elsewhere CHECK ((unit_id <> to_unit)),
    CONSTRAINT bag_holder_known CHECK ((holder_kind = ANY (ARRAY['courier'::text, 'unit'::text]))),
    CONSTRAINT bag_received_with_a_result CHECK (((received_at IS NULL) = (result IS NULL))),
    CONSTRAINT bag_result_known CHECK ((result = ANY (ARRAY['all_present'::text, 'short'::text, 'extra'::text, 'seal_broken'::text]))),
    CONSTRAINT bag_signed_by_two CHECK ((giver_signed_by <> receiver_signed_by))
);

-- Name: balances; Type: TABLE; Schema: public; Owner: -

CREATE TABLE public.balances (
    account text NOT NULL,
    amount bigint NOT NULL,
    changed xid8 DEFAULT pg_current_xact_id() NOT NULL
);

-- Name: bank_credits; Type: TABLE; Schema: public; Owner: -

CREATE TABLE public.bank_credits (
    credit_id uuid NOT NULL,
    account_id uuid NOT NULL,
    unit_id uuid NOT NULL,
    entry text NOT NULL,
    amount bigint NOT NULL,
    credited_at timestamp with time zone NOT NULL,
    reference text,
    said text,
    state text NOT NULL,
    case_id uuid,
    payment_id uuid,
    placed_by uuid,
    changed xid8 DEFAULT pg_current_xact_id() NOT NULL,
    part_of uuid,
    CONSTRAINT bank_credit_is_money CHECK ((amount > 0)),
    CONSTRAINT bank_credit_part_is_placed CHECK (((part_of IS NULL) OR (case_id IS NOT NULL))),
    CONSTRAINT bank_credit_placed_or_not CHECK ((((state = 'placed'::text) = (placed_by IS NOT NULL)) AND ((case_id IS NULL) = (placed_by IS NULL)) AND ((payment_id IS NULL) = (placed_by IS NULL))))
);

ALTER TABLE ONLY public.bank_credits FORCE ROW LEVEL SECURITY;

-- Name: bundle; Type: TABLE; Schema: public; Owner: -

CREATE TABLE public.bundle (
    person_id uuid NOT NULL,
    case_id uuid NOT NULL,
    visit_id uuid NOT NULL,
    present boolean NOT NULL,
    changed xid8 DEFAULT pg_current_xact_id() NOT NULL
);

-- Name: call_back_draws; Type: TABLE; Schema: public; Owner: -

CREATE TABLE public.call_back_draws (
    day date NOT NULL,
    seed bytea NOT NULL,
    per_mille integer NOT NULL,
    drawn_at timestamp with time zone NOT NULL,
    looked_at timestamp with time zone,
    CONSTRAINT call_back_seed_is_a_hash CHECK ((octet_length(seed) = 32)),
    CONSTRAINT call_back_share_is_one CHECK (((per_mille >= 0) AND (per_mille <= 1000)))
);

-- Name: call_backs; Type: TABLE; Schema: public; Owner: -

CREATE TABLE public.call_backs (
    case_id uuid NOT NULL,
    call_back_id uuid NOT NULL,
    visit_id uuid NOT NULL,
    causes text NOT NULL,
    courier uuid NOT NULL,
    arranged_by uuid[] NOT NULL,
    state text NOT NULL,
    listed_at timestamp with time zone NOT NULL,
    tries integer NOT NULL,
    answered_by uuid,
    answered_at timestamp with time zone,
    changed xid8 DEFAULT pg_current_xact_id() NOT NULL,
    CONSTRAINT call_back_answered_by_somebody CHECK ((num_nonnulls(answered_by, answered_at) =
CASE state
    WHEN 'listed'::text THEN 0
    ELSE 2
END)),
    CONSTRAINT call_back_causes_known CHECK ((causes ~ '^(red|failure|fee|transfer|random)( (failure|fee|transfer|random))*$'::text)),
    CONSTRAINT call_back_tries_count CHECK (((tries >= 0) AND ((tries = 0) = (answered_at IS NULL))))
);

ALTER TABLE ONLY public.call_backs FORCE ROW LEVEL SECURITY;

-- Name: card_look_ups; Type: TABLE; Schema: public; Owner: -

CREATE TABLE public.card_look_ups (
    look_up_id uuid NOT NULL,
    person_id uuid NOT NULL,
    at timestamp with time zone NOT NULL,
    reason text NOT NULL,
    case_id uuid,
    CONSTRAINT card_look_up_reason_known CHECK ((reason = ANY (ARRAY['citizen_calls'::text, 'citizen_here'::text, 'card_found'::text, 'checking'::text])))
);

-- Name: case_units; Type: TABLE; Schema: public; Owner: -

CREATE TABLE public.case_units (
    case_id uuid NOT NULL,
    unit_id uuid NOT NULL,
    relation text NOT NULL,
    state text NOT NULL,
    opened_at timestamp with time zone NOT NULL,
    CONSTRAINT case_relation_known CHECK ((relation = ANY (ARRAY['supporting'::text, 'handling'::text, 'competent'::text, 'custody'::text])))
);

-- Name: case_visits; Type: TABLE; Schema: public; Owner: -

CREATE TABLE public.case_visits (
    case_id uuid NOT NULL,
    visit_id uuid NOT NULL,
    identity_checked boolean DEFAULT false NOT NULL,
    slip_signed boolean DEFAULT false NOT NULL,
    changed_hands boolean DEFAULT false NOT NULL,
    met text,
    outcome text,
    changed xid8 DEFAULT pg_current_xact_id() NOT NULL,
    met_party uuid,
    missing text
);

-- Name: cases; Type: TABLE; Schema: public; Owner: -

CREATE TABLE public.cases (
    case_id uuid NOT NULL,
    state text NOT NULL,
    procedure text NOT NULL,
    channel text NOT NULL,
    regime_on date NOT NULL,
    supporting_unit uuid NOT NULL,
    handling_unit uuid NOT NULL,
    competent_unit uuid NOT NULL,
    visit_commune text,
    model text NOT NULL,
    assisted boolean DEFAULT false NOT NULL,
    agency_confirmed boolean DEFAULT false NOT NULL,
    check_result text DEFAULT 'none'::text NOT NULL,
    checked_by uuid,
    recipient_class text,
    owner_name text,
    owner_folded text,
    owner_number text,
    phone text,
    address text,
    hamlet text,
    landmark text,
    access text,
    born_of uuid NOT NULL,
    opened_at timestamp with time zone NOT NULL,
    closed_at timestamp with time zone,
    erased_at timestamp with time zone,
    changed xid8 DEFAULT pg_current_xact_id() NOT NULL,
    merged_into uuid,
    return_cause text DEFAULT 'none'::text NOT NULL,
    withdrawal_asked boolean DEFAULT false NOT NULL,
    result_way text DEFAULT 'home'::text NOT NULL,
    result_from date,
    CONSTRAINT case_access_known CHECK ((access = ANY (ARRAY['motorbike'::text, 'boat'::text, 'ferry'::text]))),
    CONSTRAINT case_channel_known CHECK ((channel = ANY (ARRAY['portal'::text, 'hotline'::text, 'one_stop'::text, 'post'::text]))),
    CONSTRAINT case_check_known CHECK ((check_result = ANY (ARRAY['none'::text, 'passed'::text, 'not_passed'::text, 'waived'::text]))),
    CONSTRAINT case_is_not_merged_into_itself CHECK ((merged_into <> case_id)),
    CONSTRAINT case_model_known CHECK ((model = ANY (ARRAY['combined'::text, 'no_writing'::text, 'home'::text]))),
    CONSTRAINT case_recipient_class_known CHECK ((recipient_class = ANY (ARRAY['owner'::text, 'registered'::text, 'household'::text]))),
    CONSTRAINT case_return_cause_known CHECK ((return_cause = ANY (ARRAY['none'::text, 'mismatch'::text, 'refused'::text, 'withdrawn'::text, 'cancelled'::text]))),
    CONSTRAINT erased_case_holds_nothing_personal CHECK (((erased_at IS NULL) OR ((owner_name IS NULL) AND (owner_folded IS NULL) AND (owner_number IS NULL) AND (phone IS NULL) AND (address IS NULL) AND (hamlet IS NULL) AND (landmark IS NULL) AND (access IS NULL)))),
    CONSTRAINT result_way_known CHECK ((result_way = ANY (ARRAY['home'::text, 'post'::text, 'one_stop'::text])))
);

-- Name: catalogues; Type: TABLE; Schema: public; Owner: -

CREATE TABLE public.catalogues (
    number bigint NOT NULL,
    sha256 bytea NOT NULL,
    document bytea NOT NULL,
    made_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT catalogue_is_named_by_its_content CHECK ((sha256 = sha256(document)))
);

-- Name: catalogues_number_seq; Type: SEQUENCE; Schema: public; Owner: -

ALTER TABLE public.catalogues ALTER COLUMN number ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.catalogues_number_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

-- Name: charges; Type: TABLE; Schema: public; Owner: -

CREATE TABLE public.charges (
    case_id uuid NOT NULL,
    charge_id uuid NOT NULL,
    line text NOT NULL,
    amount bigint NOT NULL,
    payee text NOT NULL,
    due_at text NOT NULL,
    state text NOT NULL,
    settled_by uuid,
    counted bigint,
    changed xid8 DEFAULT pg_current_xact_id() NOT NULL,
    unpaid_because text,
    relief_claimed text,
    released_by uuid,
    CONSTRAINT charge_counted_less CHECK (((counted IS NULL) OR ((counted >= 0) AND (counted < amount) AND (settled_by IS NOT NULL) AND ((counted > 0) OR (released_by IS NOT NULL))))),
    CONSTRAINT charge_due_known CHECK ((due_at = ANY (ARRAY['reception'::text, 'return'::text]))),
    CONSTRAINT charge_is_money CHECK ((amount > 0)),
    CONSTRAINT charge_unpaid_because_known CHECK ((unpaid_because = ANY (ARRAY['no_money_now'::text, 'disputes_amount'::text, 'claims_exemption'::text, 'refuses'::text])))
);

-- Name: checkpoints; Type: TABLE; Schema: public; Owner: -

CREATE TABLE public.checkpoints (
    size bigint NOT NULL,
    made_at timestamp with time zone NOT NULL,
    root bytea NOT NULL,
    note bytea NOT NULL
);

-- Name: collections; Type: TABLE; Schema: public; Owner: -

CREATE TABLE public.collections (
    case_id uuid NOT NULL,
    collection_id uuid NOT NULL,
    visit_id uuid NOT NULL,
    slip_number bigint NOT NULL,
    courier uuid NOT NULL,
    means text NOT NULL,
    total bigint NOT NULL,
    tendered bigint NOT NULL,
    change_given bigint NOT NULL,
    state text NOT NULL,
    collected_at timestamp with time zone NOT NULL,
    changed xid8 DEFAULT pg_current_xact_id() NOT NULL,
    order_id uuid,
    order_total bigint,
    CONSTRAINT collection_adds_up CHECK (((total > 0) AND ((tendered - change_given) = total))),
    CONSTRAINT collection_of_an_order CHECK ((((order_id IS NULL) = (order_total IS NULL)) AND (order_total >= total)))
);

-- Name: communes; Type: TABLE; Schema: public; Owner: -

CREATE TABLE public.communes (
    id uuid NOT NULL,
    code text NOT NULL,
    valid daterange NOT NULL,
    name text NOT NULL,
    folded text NOT NULL,
    district_code text,
    province_code text NOT NULL,
    lat double precision,
    lon double precision,
    source text NOT NULL,
    recorded_at timestamp with time zone DEFAULT now() NOT NULL,
    changed xid8 DEFAULT pg_current_xact_id() NOT NULL,
    CONSTRAINT commune_code_shape CHECK ((code ~ '^[0-9]{5}$'::text)),
    CONSTRAINT commune_place_is_whole CHECK (((lat IS NULL) = (lon IS NULL))),
    CONSTRAINT commune_place_on_earth CHECK ((((lat >= ('-90'::integer)::double precision) AND (lat <= (90)::double precision)) AND ((lon >= ('-180'::integer)::double precision) AND (lon <= (180)::double precision)))),
    CONSTRAINT commune_valid_some_day CHECK ((NOT isempty(valid)))
);

-- Name: compensation_rules; Type: TABLE; Schema: public; Owner: -

CREATE TABLE public.compensation_rules (
    valid daterange NOT NULL,
    times integer NOT NULL,
    refunds_postage boolean NOT NULL,
    source text NOT NULL,
    recorded_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT compensation_is_something CHECK ((times > 0))
);

-- Name: competence_gates; Type: TABLE; Schema: public; Owner: -

CREATE TABLE public.competence_gates (
    id uuid NOT NULL,
    unit_id uuid NOT NULL,
    model text NOT NULL,
    mode text NOT NULL,
    valid daterange NOT NULL,
    set_by uuid NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    taken_at timestamp with time zone,
    changed xid8 DEFAULT pg_current_xact_id() NOT NULL,
    CONSTRAINT gate_mode_known CHECK ((mode = ANY (ARRAY['off'::text, 'warning'::text, 'blocking'::text]))),
    CONSTRAINT gate_model_known CHECK ((model = ANY (ARRAY['combined'::text, 'no_writing'::text, 'home'::text]))),
    CONSTRAINT gate_valid_some_day CHECK (((NOT isempty(valid)) AND (NOT lower_inf(valid))))
);

-- Name: component_files; Type: TABLE; Schema: public; Owner: -

CREATE TABLE public.component_files (
    case_id uuid NOT NULL,
    component text NOT NULL,
    version integer NOT NULL,
    sha256 bytea NOT NULL,
    bytes bigint NOT NULL,
    pages integer NOT NULL,
    made_at timestamp with time zone NOT NULL,
    changed xid8 DEFAULT pg_current_xact_id() NOT NULL,
    CONSTRAINT component_file_has_pages CHECK (((pages > 0) AND (bytes > 0))),
    CONSTRAINT component_file_is_named_by_its_hash CHECK ((octet_length(sha256) = 32)),
    CONSTRAINT component_file_version_counts CHECK ((version > 0))
);

ALTER TABLE ONLY public.component_files FORCE ROW LEVEL SECURITY;

-- Name: consents; Type: TABLE; Schema: public; Owner: -

CREATE TABLE public.consents (
    case_id uuid NOT NULL,
    extra text NOT NULL,
    state text NOT NULL,
    version text NOT NULL,
    text_sha256 bytea NOT NULL,
    answered_as text NOT NULL,
    child_agrees boolean,
    visit_id uuid,
    answered_at timestamp with time zone NOT NULL,
    withdrawn_at timestamp with time zone,
    changed xid8 DEFAULT pg_current_xact_id() NOT NULL,
    CONSTRAINT consent_extra_known CHECK ((extra = ANY (ARRAY['reuse_papers'::text, 'place_mark'::text, 'photo_of_person'::text, 'zalo_messages'::text, 'audio_read_back'::text]))),
    CONSTRAINT consent_is_withdrawn_at_a_moment CHECK (((state = 'withdrawn'::text) = (withdrawn_at IS NOT NULL))),
    CONSTRAINT consent_says_what_was_asked CHECK ((octet_length(text_sha256) = 32))
);

ALTER TABLE ONLY public.consents FORCE ROW LEVEL SECURITY;

-- Name: contacts; Type: TABLE; Schema: public; Owner: -

CREATE TABLE public.contacts (
    case_id uuid NOT NULL,
    email text,
    tell_by text,
    shared_phone boolean DEFAULT false NOT NULL,
    changed xid8 DEFAULT pg_current_xact_id() NOT NULL,
    CONSTRAINT contact_way_known CHECK ((tell_by = ANY (ARRAY['zalo'::text, 'sms'::text, 'email'::text, 'call'::text, 'paper'::text])))
);

ALTER TABLE ONLY public.contacts FORCE ROW LEVEL SECURITY;

-- Name: courier_checks; Type: TABLE; Schema: public; Owner: -

CREATE TABLE public.courier_checks (
    check_id uuid NOT NULL,
    at timestamp with time zone NOT NULL,
    asked_by uuid,
    courier uuid
);

-- Name: data_keys; Type: TABLE; Schema: public; Owner: -

CREATE TABLE public.data_keys (
    id uuid NOT NULL,
    subject_kind text NOT NULL,
    subject_id uuid NOT NULL,
    wrapped bytea,
    made_at timestamp with time zone NOT NULL,
    destroyed_at timestamp with time zone,
    CONSTRAINT data_key_is_whole_or_destroyed CHECK (((wrapped IS NULL) = (destroyed_at IS NOT NULL)))
);

-- Name: desk_sessions; Type: TABLE; Schema: public; Owner: -

CREATE TABLE public.desk_sessions (
    hash bytea NOT NULL,
    person_id uuid NOT NULL,
    opened_at timestamp with time zone NOT NULL,
    seen_at timestamp with time zone NOT NULL,
    revoked_at timestamp with time zone,
    revoked_because text,
    CONSTRAINT revoked_session_says_why CHECK (((revoked_at IS NULL) = (revoked_because IS NULL))),
    CONSTRAINT session_hash_is_a_hash CHECK ((octet_length(hash) = 32))
);

-- Name: device_sessions; Type: TABLE; Schema: public; Owner: -

CREATE TABLE public.device_sessions (
    id uuid NOT NULL,
    device_id uuid NOT NULL,
    person_id uuid NOT NULL,
    opened_at timestamp with time zone NOT NULL,
    n integer DEFAULT 0 NOT NULL,
    refreshed_at timestamp with time zone NOT NULL,
    revoked_at timestamp with time zone,
    revoked_because text,
    CONSTRAINT refresh_counts CHECK ((n >= 0)),
    CONSTRAINT revoked_device_session_says_why CHECK (((revoked_at IS NULL) = (revoked_because IS NULL)))
);

-- Name: devices; Type: TABLE; Schema: public; Owner: -

CREATE TABLE public.devices (
    id uuid NOT NULL,
    person_id uuid NOT NULL,
    unit_id uuid NOT NULL,
    public_key bytea NOT NULL,
    thumbprint bytea NOT NULL,
    enrolled_at timestamp with time zone NOT NULL,
    enrolled_by uuid NOT NULL,
    revoked_at timestamp with time zone,
    revoked_by uuid,
    lost_at timestamp with time zone,
    lost_by uuid,
    next_seq bigint DEFAULT 1 NOT NULL,
    last_hash bytea,
    last_contact_at timestamp with time zone,
    health jsonb,
    changed xid8 DEFAULT pg_current_xact_id() NOT NULL,
    lent_until timestamp with time zone,
    lent_from uuid,
    CONSTRAINT device_key_is_a_point CHECK (((octet_length(public_key) = 65) AND (get_byte(public_key, 0) = 4))),
    CONSTRAINT device_last_hash_is_a_hash CHECK ((octet_length(last_hash) = 32)),
    CONSTRAINT device_seq_counts CHECK ((next_seq > 0)),
    CONSTRAINT device_thumbprint_is_a_hash CHECK ((octet_length(thumbprint) = 32)),
    CONSTRAINT lent_device_says_until_when CHECK (((lent_until IS NULL) = (lent_from IS NULL))),
    CONSTRAINT lost_device_is_revoked CHECK (((lost_at IS NULL) OR (revoked_at IS NOT NULL))),
    CONSTRAINT lost_device_names_who CHECK (((lost_at IS NULL) = (lost_by IS NULL))),
    CONSTRAINT revoked_device_names_who CHECK (((revoked_at IS NULL) = (revoked_by IS NULL)))
);

-- Name: digitisation_stages; Type: TABLE; Schema: public; Owner: -

CREATE TABLE public.digitisation_stages (
    id uuid NOT NULL,
    unit_id uuid,
    procedure text,
    stage text NOT NULL,
    assignee text NOT NULL,
    valid daterange NOT NULL,
    basis text NOT NULL,
    set_by uuid,
    recorded_at timestamp with time zone NOT NULL,
    taken_at timestamp with time zone,
    changed xid8 DEFAULT pg_current_xact_id() NOT NULL,
    CONSTRAINT digitisation_assignee_known CHECK ((assignee = ANY (ARRAY['post'::text, 'office'::text]))),
    CONSTRAINT digitisation_stage_known CHECK ((stage = ANY (ARRAY['photograph'::text, 'arrange'::text, 'check_quality'::text, 'assemble'::text, 'cross_check'::text]))),
    CONSTRAINT digitisation_stage_of_a_procedure_at_a_post CHECK (((procedure IS NULL) OR (unit_id IS NOT NULL))),
    CONSTRAINT digitisation_stage_set_for_a_post CHECK ((num_nulls(unit_id, set_by) = ANY (ARRAY[0, 2]))),
    CONSTRAINT digitisation_stage_valid_some_day CHECK ((NOT isempty(valid)))
);

-- Name: districts; Type: TABLE; Schema: public; Owner: -

CREATE TABLE public.districts (
    id uuid NOT NULL,
    code text NOT NULL,
    valid daterange NOT NULL,
    name text NOT NULL,
    folded text NOT NULL,
    province_code text NOT NULL,
    source text NOT NULL,
    recorded_at timestamp with time zone DEFAULT now() NOT NULL,
    changed xid8 DEFAULT pg_current_xact_id() NOT NULL,
    CONSTRAINT district_code_shape CHECK ((code ~ '^[0-9]{3}$'::text)),
    CONSTRAINT district_valid_some_day CHECK ((NOT isempty(valid)))
);

-- Name: dossiers; Type: TABLE; Schema: public; Owner: -

CREATE TABLE public.dossiers (
    case_id uuid NOT NULL,
    code text,
    live boolean DEFAULT true NOT NULL,
    portal_status smallint,
    source text,
    reported_at timestamp with time zone,
    received_at timestamp with time zone,
    due_on date,
    receipt_at timestamp with time zone,
    receipt_by uuid,
    changed xid8 DEFAULT pg_current_xact_id() NOT NULL,
    CONSTRAINT dossier_portal_status_known CHECK (((portal_status >= 1) AND (portal_status <= 10))),
    CONSTRAINT dossier_receipt_whole CHECK ((num_nulls(received_at, due_on, receipt_at, receipt_by) = ANY (ARRAY[0, 4])))
);

-- Name: duties; Type: TABLE; Schema: public; Owner: -

CREATE TABLE public.duties (
    case_id uuid NOT NULL,
    duty_id uuid NOT NULL,
    template text NOT NULL,
    about uuid,
    state text NOT NULL,
    opened_at timestamp with time zone NOT NULL,
    told_at timestamp with time zone,
    told_by uuid,
    how text,
    told_whom text,
    dropped_because text,
    changed xid8 DEFAULT pg_current_xact_id() NOT NULL,
    CONSTRAINT duty_is_told_by_somebody_somehow CHECK ((num_nonnulls(told_at, told_by, how, told_whom) = ANY (ARRAY[0, 4])))
);

ALTER TABLE ONLY public.duties FORCE ROW LEVEL SECURITY;

-- Name: enrolment_codes; Type: TABLE; Schema: public; Owner: -

CREATE TABLE public.enrolment_codes (
    hash bytea NOT NULL,
    person_id uuid NOT NULL,
    unit_id uuid NOT NULL,
    made_by uuid NOT NULL,
    made_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    device_id uuid,
    session_id uuid,
    lends boolean DEFAULT false NOT NULL,
    CONSTRAINT enrolment_code_is_a_hash CHECK ((octet_length(hash) = 32)),
    CONSTRAINT used_code_names_its_device CHECK (((device_id IS NULL) = (session_id IS NULL)))
);

-- Name: entries; Type: TABLE; Schema: public; Owner: -

CREATE TABLE public.entries (
    case_id uuid,
    transfer_id uuid NOT NULL,
    line smallint NOT NULL,
    account text NOT NULL,
    amount bigint NOT NULL,
    day date NOT NULL,
    occurred_at timestamp with time zone NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    changed xid8 DEFAULT pg_current_xact_id() NOT NULL,
    CONSTRAINT entry_account_shape CHECK ((account ~ '^(due|cash|till|bank|suspense|credit|agency|postage|variance|float)(:[0-9a-z:-]+)?$'::text)),
    CONSTRAINT entry_is_money CHECK ((amount <> 0))
);

ALTER TABLE ONLY public.entries FORCE ROW LEVEL SECURITY;

-- Name: exceptions; Type: TABLE; Schema: public; Owner: -

CREATE TABLE public.exceptions (
    case_id uuid NOT NULL,
    exception_id uuid NOT NULL,
    made_by uuid NOT NULL,
    act_id uuid NOT NULL,
    machine text NOT NULL,
    state text NOT NULL,
    reason text NOT NULL,
    opened_at timestamp with time zone NOT NULL,
    cleared_at timestamp with time zone,
    cleared_by uuid,
    changed xid8 DEFAULT pg_current_xact_id() NOT NULL,
    CONSTRAINT exception_is_open_or_cleared CHECK (((cleared_at IS NULL) = (cleared_by IS NULL)))
);

-- Name: files; Type: TABLE; Schema: public; Owner: -

CREATE TABLE public.files (
    sha256 bytea NOT NULL,
    bytes bigint NOT NULL,
    media_type text NOT NULL,
    sealed boolean NOT NULL,
    received_from uuid NOT NULL,
    received_at timestamp with time zone NOT NULL,
    state text DEFAULT 'received'::text NOT NULL,
    bad_reason text,
    plain_sha256 bytea,
    changed xid8 DEFAULT pg_current_xact_id() NOT NULL,
    CONSTRAINT bad_file_has_a_reason CHECK (((state = 'bad'::text) = (bad_reason IS NOT NULL))),
    CONSTRAINT clean_file_was_opened CHECK (((state <> 'clean'::text) OR (plain_sha256 IS NOT NULL))),
    CONSTRAINT file_content_is_a_hash CHECK ((octet_length(plain_sha256) = 32)),
    CONSTRAINT file_has_a_size CHECK ((bytes >= 0)),
    CONSTRAINT file_is_named_by_its_hash CHECK ((octet_length(sha256) = 32)),
    CONSTRAINT file_state_known CHECK ((state = ANY (ARRAY['received'::text, 'clean'::text, 'bad'::text])))
);

ALTER TABLE ONLY public.files FORCE ROW LEVEL SECURITY;

-- Name: followers; Type: TABLE; Schema: public; Owner: -

CREATE TABLE public.followers (
    name text NOT NULL,
    cursor xid8 NOT NULL,
    epoch uuid NOT NULL,
    moved_at timestamp with time zone NOT NULL
);

-- Name: former_contacts; Type: TABLE; Schema: public; Owner: -

CREATE TABLE public.former_contacts (
    case_id uuid NOT NULL,
    made_by uuid NOT NULL,
    act_id uuid NOT NULL,
    phone text,
    email text,
    tell_by text,
    shared_phone boolean NOT NULL,
    changed xid8 DEFAULT pg_current_xact_id() NOT NULL
);

ALTER TABLE ONLY public.former_contacts FORCE ROW LEVEL SECURITY;

-- Name: hand_overs; Type: TABLE; Schema: public; Owner: -

CREATE TABLE public.hand_overs (
    case_id uuid NOT NULL,
    offer_id uuid NOT NULL,
    giver_kind text,
    giver uuid,
    receiver_kind text,
    receiver uuid,
    parcel_ids uuid[] DEFAULT '{}'::uuid[] NOT NULL,
    paper_ids uuid[] DEFAULT '{}'::uuid[] NOT NULL,
    offered_at timestamp with time zone,
    received_at timestamp with time zone,
    condition text,
    changed xid8 DEFAULT pg_current_xact_id() NOT NULL,
    CONSTRAINT hand_over_has_a_half CHECK (((offered_at IS NOT NULL) OR (received_at IS NOT NULL)))
);

-- Name: house_marks; Type: TABLE; Schema: public; Owner: -

CREATE TABLE public.house_marks (
    case_id uuid NOT NULL,
    lat double precision,
    lon double precision,
    by_phone boolean DEFAULT false NOT NULL,
    CONSTRAINT house_mark_is_on_the_map CHECK ((((lat >= ('-90'::integer)::double precision) AND (lat <= (90)::double precision)) AND ((lon >= ('-180'::integer)::double precision) AND (lon <= (180)::double precision)))),
    CONSTRAINT house_mark_is_whole CHECK (((lat IS NULL) = (lon IS NULL)))
);

ALTER TABLE ONLY public.house_marks FORCE ROW LEVEL SECURITY;

-- Name: inbox; Type: TABLE; Schema: public; Owner: -

CREATE TABLE public.inbox (
    made_by uuid NOT NULL,
    id uuid NOT NULL,
    source text NOT NULL,
    seq bigint,
    fingerprint bytea NOT NULL,
    data bytea NOT NULL,
    signature bytea,
    carried_by uuid,
    received_at timestamp with time zone NOT NULL,
    kind text,
    subject_kind text,
    subject_id uuid,
    case_id uuid,
    standing text NOT NULL,
    reason text,
    problem jsonb,
    n integer,
    exceptions text[] DEFAULT '{}'::text[] NOT NULL,
    decided_at timestamp with time zone,
    after_gap boolean DEFAULT false NOT NULL,
    changed xid8 DEFAULT pg_current_xact_id() NOT NULL,
    CONSTRAINT inbox_device_acts_are_numbered CHECK (((source <> 'device'::text) OR (standing = ANY (ARRAY['review'::text, 'set_aside'::text])) OR (seq IS NOT NULL))),
    CONSTRAINT inbox_fingerprint_is_a_hash CHECK ((fingerprint = sha256(data))),
    CONSTRAINT inbox_gap_is_before_a_number CHECK (((NOT after_gap) OR (COALESCE(seq, (0)::bigint) > 1))),
    CONSTRAINT inbox_source_known CHECK ((source = ANY (ARRAY['device'::text, 'desk'::text, 'form'::text, 'webhook'::text, 'timer'::text, 'paper'::text]))),
    CONSTRAINT inbox_standing_known CHECK ((standing = ANY (ARRAY['applied'::text, 'held'::text, 'behind'::text, 'review'::text, 'set_aside'::text, 'refused'::text]))),
    CONSTRAINT inbox_waiting_has_a_reason CHECK (((standing <> ALL (ARRAY['review'::text, 'set_aside'::text, 'refused'::text])) OR (reason IS NOT NULL)))
);

-- Name: incident_things; Type: TABLE; Schema: public; Owner: -

CREATE TABLE public.incident_things (
    case_id uuid NOT NULL,
    incident_id uuid NOT NULL,
    kind text NOT NULL,
    thing_id uuid NOT NULL,
    open boolean NOT NULL,
    changed xid8 DEFAULT pg_current_xact_id() NOT NULL,
    CONSTRAINT incident_thing_known CHECK ((kind = ANY (ARRAY['case'::text, 'paper'::text, 'parcel'::text])))
);

ALTER TABLE ONLY public.incident_things FORCE ROW LEVEL SECURITY;

-- Name: incidents; Type: TABLE; Schema: public; Owner: -

CREATE TABLE public.incidents (
    incident_id uuid NOT NULL,
    cause text NOT NULL,
    state text NOT NULL,
    unit_id uuid NOT NULL,
    reported_unit uuid NOT NULL,
    happened_at timestamp with time zone NOT NULL,
    reported_at timestamp with time zone NOT NULL,
    reported_by uuid NOT NULL,
    last_holder_kind text,
    last_holder uuid,
    last_hand_over uuid,
    amount bigint,
    people uuid[] NOT NULL,
    photographs text[] NOT NULL,
    place text,
    note text,
    found_by uuid,
    taken_on_by uuid,
    taken_on_at timestamp with time zone,
    ended_by uuid,
    ended_at timestamp with time zone,
    helped_by uuid,
    paid_by text,
    postage bigint,
    compensation bigint,
    reopened_because text,
    changed xid8 DEFAULT pg_current_xact_id() NOT NULL,
    CONSTRAINT incident_compensated_with_money CHECK ((num_nonnulls(postage, compensation) =
CASE state
    WHEN 'compensated'::text THEN 2
    ELSE 0
END)),
    CONSTRAINT incident_ended_by_somebody CHECK ((num_nonnulls(ended_by, ended_at) =
CASE
    WHEN (state = ANY (ARRAY['reported'::text, 'being_handled'::text])) THEN 0
    ELSE 2
END)),
    CONSTRAINT incident_last_holder_is_whole CHECK ((num_nonnulls(last_holder_kind, last_holder) <> 1)),
    CONSTRAINT incident_last_holder_known CHECK ((last_holder_kind = ANY (ARRAY['citizen'::text, 'courier'::text, 'unit'::text, 'bag'::text]))),
    CONSTRAINT incident_money_is_not_negative CHECK (((amount >= 0) AND (postage >= 0) AND (compensation >= 0))),
    CONSTRAINT incident_replaced_with_help CHECK ((num_nonnulls(helped_by, paid_by) =
CASE state
    WHEN 'replaced'::text THEN 2
    ELSE 0
END))
);

ALTER TABLE ONLY public.incidents FORCE ROW LEVEL SECURITY;

-- Name: installation; Type: TABLE; Schema: public; Owner: -

CREATE TABLE public.installation (
    id boolean DEFAULT true NOT NULL,
    epoch uuid DEFAULT gen_random_uuid() NOT NULL,
    restored_at timestamp with time zone,
    demo boolean DEFAULT false NOT NULL,
    CONSTRAINT installation_is_one CHECK (id)
);

-- Name: invitation_rules; Type: TABLE; Schema: public; Owner: -

CREATE TABLE public.invitation_rules (
    valid_from date,
    valid_until date,
    invitations integer NOT NULL,
    working_days_apart integer NOT NULL,
    basis text NOT NULL,
    CONSTRAINT invitation_rule_counts CHECK (((invitations >= 1) AND (working_days_apart >= 0)))
);

-- Name: invitations; Type: TABLE; Schema: public; Owner: -

CREATE TABLE public.invitations (
    case_id uuid NOT NULL,
    invitation_id uuid NOT NULL,
    day date NOT NULL,
    invited_at timestamp with time zone NOT NULL,
    invited_by uuid NOT NULL,
    how text NOT NULL,
    CONSTRAINT invitation_how_known CHECK ((how = ANY (ARRAY['card'::text, 'call'::text, 'message'::text, 'letter'::text, 'in_person'::text])))
);

-- Name: label_sets; Type: TABLE; Schema: public; Owner: -

CREATE TABLE public.label_sets (
    number integer NOT NULL,
    label text NOT NULL,
    item_number text NOT NULL,
    card_token_sha256 bytea NOT NULL,
    look_up_hash bytea NOT NULL,
    word_hash bytea NOT NULL,
    unit_id uuid NOT NULL,
    state text NOT NULL,
    holder_kind text NOT NULL,
    holder uuid NOT NULL,
    case_id uuid,
    parcel_id uuid,
    changed xid8 DEFAULT pg_current_xact_id() NOT NULL,
    CONSTRAINT label_set_bound_to_a_parcel CHECK (((state = 'bound'::text) <= (parcel_id IS NOT NULL))),
    CONSTRAINT label_set_holder_known CHECK ((holder_kind = ANY (ARRAY['citizen'::text, 'courier'::text, 'unit'::text, 'lost'::text]))),
    CONSTRAINT label_set_state_known CHECK ((state = ANY (ARRAY['printed'::text, 'issued'::text, 'bound'::text, 'voided'::text, 'lost'::text])))
);

-- Name: lead_units; Type: TABLE; Schema: public; Owner: -

CREATE TABLE public.lead_units (
    id uuid NOT NULL,
    level text NOT NULL,
    area_code text NOT NULL,
    unit_id uuid NOT NULL,
    valid daterange NOT NULL,
    source text NOT NULL,
    recorded_at timestamp with time zone DEFAULT now() NOT NULL,
    changed xid8 DEFAULT pg_current_xact_id() NOT NULL,
    CONSTRAINT lead_level_known CHECK ((level = ANY (ARRAY['province'::text, 'district'::text, 'commune'::text]))),
    CONSTRAINT lead_valid_some_day CHECK ((NOT isempty(valid)))
);

-- Name: mandates; Type: TABLE; Schema: public; Owner: -

CREATE TABLE public.mandates (
    case_id uuid NOT NULL,
    mandate_id uuid NOT NULL,
    party_id uuid NOT NULL,
    authority text NOT NULL,
    kinship_proved boolean NOT NULL,
    from_day date NOT NULL,
    last_day date,
    page_id uuid,
    state text NOT NULL,
    recorded_by uuid NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    revoked_by uuid,
    revoked_at timestamp with time zone,
    changed xid8 DEFAULT pg_current_xact_id() NOT NULL,
    CONSTRAINT mandate_authority_known CHECK ((authority = ANY (ARRAY['mandate'::text, 'certified_mandate'::text, 'introduction'::text]))),
    CONSTRAINT mandate_is_revoked_by_somebody CHECK ((num_nonnulls(revoked_by, revoked_at) =
CASE state
    WHEN 'in_force'::text THEN 0
    WHEN 'revoked'::text THEN 2
    ELSE NULL::integer
END))
);

ALTER TABLE ONLY public.mandates FORCE ROW LEVEL SECURITY;

-- Name: masters; Type: TABLE; Schema: public; Owner: -

CREATE TABLE public.masters (
    file_sha256 bytea NOT NULL,
    master_sha256 bytea NOT NULL,
    bytes bigint NOT NULL,
    width integer NOT NULL,
    height integer NOT NULL,
    made_at timestamp with time zone NOT NULL,
    CONSTRAINT master_has_pixels CHECK (((width > 0) AND (height > 0) AND (bytes > 0))),
    CONSTRAINT master_is_named_by_its_hash CHECK ((octet_length(master_sha256) = 32))
);

ALTER TABLE ONLY public.masters FORCE ROW LEVEL SECURITY;

-- Name: notices; Type: TABLE; Schema: public; Owner: -

CREATE TABLE public.notices (
    case_id uuid NOT NULL,
    notice_id uuid NOT NULL,
    made_by uuid NOT NULL,
    act_id uuid NOT NULL,
    n integer NOT NULL,
    template text NOT NULL,
    visit_id uuid,
    state text NOT NULL,
    reason text,
    channel text,
    duty_due boolean DEFAULT false NOT NULL,
    occurred_at timestamp with time zone NOT NULL,
    decided_at timestamp with time zone NOT NULL,
    due_at timestamp with time zone NOT NULL,
    next_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    tries integer DEFAULT 0 NOT NULL,
    sent_at timestamp with time zone,
    sealed bytea,
    changed xid8 DEFAULT pg_current_xact_id() NOT NULL,
    pushed_at timestamp with time zone,
    CONSTRAINT notice_ended_has_a_reason CHECK (((state = ANY (ARRAY['waiting'::text, 'sent'::text])) OR (reason IS NOT NULL))),
    CONSTRAINT notice_sent_at_some_time CHECK (((state = 'sent'::text) = (sent_at IS NOT NULL))),
    CONSTRAINT notice_state_known CHECK ((state = ANY (ARRAY['waiting'::text, 'sent'::text, 'failed'::text, 'dropped'::text, 'for_person'::text]))),
    CONSTRAINT notice_tries_count CHECK ((tries >= 0))
);

ALTER TABLE ONLY public.notices FORCE ROW LEVEL SECURITY;

-- Name: notices_shown; Type: TABLE; Schema: public; Owner: -

CREATE TABLE public.notices_shown (
    case_id uuid NOT NULL,
    notice text NOT NULL,
    visit_id uuid,
    version text NOT NULL,
    text_sha256 bytea NOT NULL,
    how text NOT NULL,
    shown_by uuid NOT NULL,
    shown_at timestamp with time zone NOT NULL,
    changed xid8 DEFAULT pg_current_xact_id() NOT NULL,
    CONSTRAINT notice_says_what_was_shown CHECK ((octet_length(text_sha256) = 32))
);

-- Name: pages; Type: TABLE; Schema: public; Owner: -

CREATE TABLE public.pages (
    case_id uuid NOT NULL,
    page_id uuid NOT NULL,
    visit_id uuid NOT NULL,
    paper_id uuid NOT NULL,
    component text NOT NULL,
    page_number integer NOT NULL,
    original_sha256 bytea NOT NULL,
    sealed_sha256 bytea,
    file_sha256 bytea GENERATED ALWAYS AS (COALESCE(sealed_sha256, original_sha256)) STORED NOT NULL,
    state text DEFAULT 'expected'::text NOT NULL,
    bad_reason text,
    changed xid8 DEFAULT pg_current_xact_id() NOT NULL,
    preview_sha256 bytea,
    preview_file_sha256 bytea,
    CONSTRAINT bad_page_has_a_reason CHECK (((state = 'bad'::text) = (bad_reason IS NOT NULL))),
    CONSTRAINT page_number_counts CHECK (((page_number >= 1) AND (page_number <= 999))),
    CONSTRAINT page_original_is_a_hash CHECK ((octet_length(original_sha256) = 32)),
    CONSTRAINT page_sealed_is_a_hash CHECK ((octet_length(sealed_sha256) = 32)),
    CONSTRAINT page_state_known CHECK ((state = ANY (ARRAY['expected'::text, 'here'::text, 'clean'::text, 'bad'::text, 'erased'::text]))),
    CONSTRAINT preview_is_named_twice CHECK (((num_nulls(preview_sha256, preview_file_sha256) = ANY (ARRAY[0, 2])) AND (octet_length(preview_sha256) = 32) AND (octet_length(preview_file_sha256) = 32)))
);

ALTER TABLE ONLY public.pages FORCE ROW LEVEL SECURITY;

-- Name: papers; Type: TABLE; Schema: public; Owner: -

CREATE TABLE public.papers (
    case_id uuid NOT NULL,
    paper_id uuid NOT NULL,
    component text NOT NULL,
    form text NOT NULL,
    originals integer NOT NULL,
    copies integer NOT NULL,
    condition text NOT NULL,
    is_result boolean DEFAULT false NOT NULL,
    state text NOT NULL,
    parcel_id uuid,
    holder_kind text NOT NULL,
    holder uuid NOT NULL,
    seen_by uuid,
    seen_at timestamp with time zone,
    changed xid8 DEFAULT pg_current_xact_id() NOT NULL,
    superseded boolean DEFAULT false NOT NULL,
    picture_deferred text,
    goes_with uuid,
    CONSTRAINT paper_counts CHECK (((originals >= 0) AND (copies >= 0) AND ((originals + copies) > 0))),
    CONSTRAINT paper_holder_known CHECK ((holder_kind = ANY (ARRAY['citizen'::text, 'courier'::text, 'unit'::text, 'bag'::text, 'lost'::text]))),
    CONSTRAINT paper_picture_deferred_known CHECK ((picture_deferred = ANY (ARRAY['rain'::text, 'dark'::text, 'phone'::text, 'other'::text]))),
    CONSTRAINT paper_seen_by_somebody CHECK (((seen_by IS NULL) = (seen_at IS NULL))),
    CONSTRAINT seen_paper_stays CHECK (((state <> 'seen'::text) OR ((holder_kind = 'citizen'::text) AND (seen_at IS NOT NULL))))
);

-- Name: parcels; Type: TABLE; Schema: public; Owner: -

CREATE TABLE public.parcels (
    case_id uuid NOT NULL,
    parcel_id uuid NOT NULL,
    label text,
    seal_number text,
    state text NOT NULL,
    holder_kind text NOT NULL,
    holder uuid NOT NULL,
    changed xid8 DEFAULT pg_current_xact_id() NOT NULL,
    CONSTRAINT parcel_holder_known CHECK ((holder_kind = ANY (ARRAY['citizen'::text, 'courier'::text, 'unit'::text, 'bag'::text, 'lost'::text])))
);

ALTER TABLE ONLY public.parcels FORCE ROW LEVEL SECURITY;

-- Name: parties; Type: TABLE; Schema: public; Owner: -

CREATE TABLE public.parties (
    case_id uuid NOT NULL,
    party_id uuid NOT NULL,
    role text NOT NULL,
    kind text NOT NULL,
    relation text,
    name text NOT NULL,
    number text,
    old_number text,
    passport text,
    tax_code text,
    born text,
    phone text,
    shared_phone boolean DEFAULT false NOT NULL,
    authority text,
    authority_until date,
    live boolean DEFAULT true NOT NULL,
    changed xid8 DEFAULT pg_current_xact_id() NOT NULL,
    since date,
    CONSTRAINT party_authority_known CHECK ((authority = ANY (ARRAY['in_person'::text, 'none'::text, 'mandate'::text, 'certified_mandate'::text, 'introduction'::text]))),
    CONSTRAINT party_born_shape CHECK ((born ~ '^[0-9]{4}(-[0-9]{2}-[0-9]{2})?$'::text)),
    CONSTRAINT party_kind_known CHECK ((kind = ANY (ARRAY['person'::text, 'organisation'::text]))),
    CONSTRAINT party_role_known CHECK ((role = ANY (ARRAY['owner'::text, 'filer'::text, 'representative'::text, 'authorised'::text, 'recipient'::text]))),
    CONSTRAINT party_tax_code_shape CHECK ((tax_code ~ '^[0-9]{10}(-[0-9]{3})?$'::text))
);

ALTER TABLE ONLY public.parties FORCE ROW LEVEL SECURITY;

-- Name: passwords; Type: TABLE; Schema: public; Owner: -

CREATE TABLE public.passwords (
    person_id uuid NOT NULL,
    account text NOT NULL,
    hash text NOT NULL,
    set_at timestamp with time zone NOT NULL,
    CONSTRAINT account_is_plain CHECK ((account ~ '^[a-z0-9][a-z0-9._-]{1,39}$'::text)),
    CONSTRAINT password_is_argon2id CHECK ((hash ~~ '$argon2id$%'::text))
);

-- Name: payee_accounts; Type: TABLE; Schema: public; Owner: -

CREATE TABLE public.payee_accounts (
    id uuid NOT NULL,
    unit_id uuid NOT NULL,
    valid daterange NOT NULL,
    bank_bin text NOT NULL,
    account text NOT NULL,
    holder text NOT NULL,
    source text NOT NULL,
    recorded_at timestamp with time zone DEFAULT now() NOT NULL,
    changed xid8 DEFAULT pg_current_xact_id() NOT NULL,
    CONSTRAINT payee_account_shape CHECK ((account ~ '^[0-9A-Za-z]{1,19}$'::text)),
    CONSTRAINT payee_bin_shape CHECK ((bank_bin ~ '^[0-9]{6}$'::text)),
    CONSTRAINT payee_holder_fits_a_code CHECK ((holder ~ '^[ -~]{1,25}$'::text)),
    CONSTRAINT payee_valid_some_day CHECK ((NOT isempty(valid)))
);

-- Name: payments; Type: TABLE; Schema: public; Owner: -

CREATE TABLE public.payments (
    case_id uuid NOT NULL,
    payment_id uuid NOT NULL,
    visit_id uuid NOT NULL,
    account_id uuid NOT NULL,
    reference text NOT NULL,
    charge_ids uuid[] NOT NULL,
    total bigint NOT NULL,
    received bigint NOT NULL,
    used bigint NOT NULL,
    state text NOT NULL,
    shown_by uuid NOT NULL,
    shown_at timestamp with time zone NOT NULL,
    said_at timestamp with time zone,
    changed xid8 DEFAULT pg_current_xact_id() NOT NULL,
    order_id uuid,
    order_total bigint,
    CONSTRAINT payment_is_money CHECK (((total > 0) AND (used >= 0) AND (received >= used))),
    CONSTRAINT payment_order_has_a_total CHECK (((order_id IS NULL) = (order_total IS NULL)))
);

-- Name: people; Type: TABLE; Schema: public; Owner: -

CREATE TABLE public.people (
    id uuid NOT NULL,
    name text NOT NULL,
    folded text NOT NULL,
    badge text NOT NULL,
    disabled_at timestamp with time zone,
    changed xid8 DEFAULT pg_current_xact_id() NOT NULL,
    CONSTRAINT badge_is_short CHECK ((badge ~ '^[A-Z0-9][A-Z0-9.-]{0,23}$'::text)),
    CONSTRAINT person_name_is_composed CHECK (((name IS NFC NORMALIZED) AND ((length(name) >= 1) AND (length(name) <= 100))))
);

-- Name: personal; Type: TABLE; Schema: public; Owner: -

CREATE TABLE public.personal (
    made_by uuid NOT NULL,
    act_id uuid NOT NULL,
    case_id uuid,
    key_id uuid NOT NULL,
    sealed bytea NOT NULL
);

ALTER TABLE ONLY public.personal FORCE ROW LEVEL SECURITY;

-- Name: pgqueuer; Type: TABLE; Schema: public; Owner: -

CREATE TABLE public.pgqueuer (
    id bigint NOT NULL,
    priority integer NOT NULL,
    queue_manager_id uuid,
    created timestamp with time zone DEFAULT now() NOT NULL,
    updated timestamp with time zone DEFAULT now() NOT NULL,
    heartbeat timestamp with time zone DEFAULT now() NOT NULL,
    execute_after timestamp with time zone DEFAULT now() NOT NULL,
    status public.pgqueuer_status NOT NULL,
    entrypoint text NOT NULL,
    dedupe_key text,
    payload bytea,
    headers jsonb,
    attempts integer DEFAULT 0 NOT NULL,
    slot bigint
);

-- Name: pgqueuer_id_seq; Type: SEQUENCE; Schema: public; Owner: -

ALTER TABLE public.pgqueuer ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.pgqueuer_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

-- Name: pgqueuer_log; Type: TABLE; Schema: public; Owner: -

CREATE TABLE public.pgqueuer_log (
    id bigint NOT NULL,
    created timestamp with time zone DEFAULT now() NOT NULL,
    job_id bigint NOT NULL,
    status public.pgqueuer_status NOT NULL,
    priority integer NOT NULL,
    entrypoint text NOT NULL,
    traceback jsonb,
    aggregated boolean DEFAULT false
);

-- Name: pgqueuer_log_id_seq; Type: SEQUENCE; Schema: public; Owner: -

ALTER TABLE public.pgqueuer_log ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.pgqueuer_log_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

-- Name: pgqueuer_statistics; Type: TABLE; Schema: public; Owner: -

CREATE TABLE public.pgqueuer_statistics (
    id bigint NOT NULL,
    created timestamp with time zone DEFAULT date_trunc('sec'::text, now()) NOT NULL,
    count bigint NOT NULL,
    priority integer NOT NULL,
    status public.pgqueuer_status NOT NULL,
    entrypoint text NOT NULL
);

-- Name: pgqueuer_statistics_id_seq; Type: SEQUENCE; Schema: public; Owner: -

ALTER TABLE public.pgqueuer_statistics ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.pgqueuer_statistics_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

-- Name: portraits; Type: TABLE; Schema: public; Owner: -

CREATE TABLE public.portraits (
    person_id uuid NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    recorded_by uuid NOT NULL,
    sha256 bytea NOT NULL,
    CONSTRAINT portrait_is_named_by_its_hash CHECK ((octet_length(sha256) = 32))
);

-- Name: presence; Type: TABLE; Schema: public; Owner: -

CREATE TABLE public.presence (
    case_id uuid NOT NULL,
    visit_id uuid NOT NULL,
    card boolean NOT NULL,
    word text NOT NULL,
    distance text NOT NULL,
    gate boolean NOT NULL,
    calls integer NOT NULL,
    first_call_at timestamp with time zone,
    last_call_at timestamp with time zone,
    evidence text NOT NULL,
    why_not text,
    courier uuid,
    purpose text,
    outcome text,
    reason text,
    lasted integer,
    floor integer,
    jump boolean NOT NULL,
    grade text,
    doubts text NOT NULL,
    ended_at timestamp with time zone,
    graded_at timestamp with time zone,
    changed xid8 DEFAULT pg_current_xact_id() NOT NULL,
    CONSTRAINT presence_calls_count CHECK (((calls >= 0) AND ((calls = 0) = (first_call_at IS NULL)))),
    CONSTRAINT presence_distance_known CHECK ((distance = ANY (ARRAY['unknown'::text, 'at_house'::text, 'near'::text, 'far'::text]))),
    CONSTRAINT presence_grade_known CHECK ((grade = ANY (ARRAY['green'::text, 'amber'::text, 'red'::text]))),
    CONSTRAINT presence_graded_when_it_ended CHECK ((num_nulls(grade, courier, purpose, outcome, floor, ended_at, graded_at) = ANY (ARRAY[0, 7]))),
    CONSTRAINT presence_word_known CHECK ((word = ANY (ARRAY['none'::text, 'right'::text, 'wrong'::text])))
);

ALTER TABLE ONLY public.presence FORCE ROW LEVEL SECURITY;

-- Name: procedure_versions; Type: TABLE; Schema: public; Owner: -

CREATE TABLE public.procedure_versions (
    id uuid NOT NULL,
    code text NOT NULL,
    valid daterange NOT NULL,
    name text NOT NULL,
    name_en text,
    folded text NOT NULL,
    field text,
    agency text,
    official boolean NOT NULL,
    legal_basis jsonb NOT NULL,
    recalled text[] NOT NULL,
    content jsonb NOT NULL,
    source text NOT NULL,
    recorded_at timestamp with time zone DEFAULT now() NOT NULL,
    changed xid8 DEFAULT pg_current_xact_id() NOT NULL,
    CONSTRAINT procedure_agency_known CHECK ((agency = ANY (ARRAY['commune'::text, 'commune_police'::text, 'land_office'::text, 'province'::text, 'province_police'::text]))),
    CONSTRAINT procedure_code_shape CHECK (((code ~ '^[123][.][0-9]{6}$'::text) OR (code ~ '^[A-Z][0-9]{2}[.][A-Z0-9]{2,12}$'::text))),
    CONSTRAINT procedure_official_has_a_legal_basis CHECK (((NOT official) OR (legal_basis <> '[]'::jsonb))),
    CONSTRAINT procedure_valid_some_day CHECK ((NOT isempty(valid)))
);

-- Name: provinces; Type: TABLE; Schema: public; Owner: -

CREATE TABLE public.provinces (
    id uuid NOT NULL,
    code text NOT NULL,
    valid daterange NOT NULL,
    name text NOT NULL,
    folded text NOT NULL,
    source text NOT NULL,
    recorded_at timestamp with time zone DEFAULT now() NOT NULL,
    changed xid8 DEFAULT pg_current_xact_id() NOT NULL,
    CONSTRAINT province_code_shape CHECK ((code ~ '^[0-9]{2}$'::text)),
    CONSTRAINT province_valid_some_day CHECK ((NOT isempty(valid)))
);

-- Name: public_days; Type: TABLE; Schema: public; Owner: -

CREATE TABLE public.public_days (
    id uuid NOT NULL,
    day date NOT NULL,
    valid daterange NOT NULL,
    kind text NOT NULL,
    instead_of date,
    note text NOT NULL,
    source text NOT NULL,
    recorded_at timestamp with time zone DEFAULT now() NOT NULL,
    changed xid8 DEFAULT pg_current_xact_id() NOT NULL,
    CONSTRAINT public_day_kind_known CHECK ((kind = ANY (ARRAY['off'::text, 'work'::text]))),
    CONSTRAINT public_day_makes_up_for_another CHECK (((kind = 'work'::text) = (instead_of IS NOT NULL))),
    CONSTRAINT public_day_valid_some_day CHECK ((NOT isempty(valid)))
);

-- Name: push_subscriptions; Type: TABLE; Schema: public; Owner: -

CREATE TABLE public.push_subscriptions (
    case_id uuid NOT NULL,
    endpoint_sha256 bytea NOT NULL,
    token_sha256 bytea NOT NULL,
    vapid_key uuid NOT NULL,
    made_at timestamp with time zone NOT NULL,
    sealed bytea NOT NULL,
    CONSTRAINT push_is_named_by_its_hash CHECK ((octet_length(endpoint_sha256) = 32)),
    CONSTRAINT push_sealed_is_small CHECK ((octet_length(sealed) <= 2048))
);

ALTER TABLE ONLY public.push_subscriptions FORCE ROW LEVEL SECURITY;

-- Name: qualifications; Type: TABLE; Schema: public; Owner: -

CREATE TABLE public.qualifications (
    id uuid NOT NULL,
    person_id uuid NOT NULL,
    unit_id uuid NOT NULL,
    model text NOT NULL,
    valid daterange NOT NULL,
    evidence text NOT NULL,
    entered_by uuid NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    taken_at timestamp with time zone,
    taken_by uuid,
    changed xid8 DEFAULT pg_current_xact_id() NOT NULL,
    CONSTRAINT nobody_qualifies_themselves CHECK ((person_id <> entered_by)),
    CONSTRAINT qualification_begins_and_ends CHECK (((NOT isempty(valid)) AND (NOT lower_inf(valid)) AND (NOT upper_inf(valid)))),
    CONSTRAINT qualification_has_evidence CHECK (((evidence IS NFC NORMALIZED) AND ((length(evidence) >= 1) AND (length(evidence) <= 200)))),
    CONSTRAINT qualification_model_known CHECK ((model = ANY (ARRAY['combined'::text, 'no_writing'::text, 'home'::text]))),
    CONSTRAINT taken_qualification_names_who CHECK (((taken_at IS NULL) = (taken_by IS NULL)))
);

-- Name: questions; Type: TABLE; Schema: public; Owner: -

CREATE TABLE public.questions (
    case_id uuid NOT NULL,
    question_id uuid NOT NULL,
    state text NOT NULL,
    question text,
    asked_by uuid NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    answer text,
    answered_by uuid,
    answered_at timestamp with time zone,
    changed xid8 DEFAULT pg_current_xact_id() NOT NULL,
    CONSTRAINT question_answer_is_of_an_answered_one CHECK (((answer IS NULL) OR (state = 'answered'::text))),
    CONSTRAINT question_is_asked_or_answered_by_somebody CHECK ((num_nonnulls(answered_by, answered_at) =
CASE state
    WHEN 'asked'::text THEN 0
    WHEN 'answered'::text THEN 2
    ELSE NULL::integer
END))
);

ALTER TABLE ONLY public.questions FORCE ROW LEVEL SECURITY;

-- Name: readings; Type: TABLE; Schema: public; Owner: -

CREATE TABLE public.readings (
    case_id uuid NOT NULL,
    document text NOT NULL,
    visit_id uuid NOT NULL,
    form_version text NOT NULL,
    content_sha256 bytea NOT NULL,
    read_by uuid NOT NULL,
    read_at timestamp with time zone NOT NULL,
    changed xid8 DEFAULT pg_current_xact_id() NOT NULL,
    content text,
    CONSTRAINT reading_says_what_was_read CHECK ((octet_length(content_sha256) = 32))
);

ALTER TABLE ONLY public.readings FORCE ROW LEVEL SECURITY;

-- Name: reference_blocks; Type: TABLE; Schema: public; Owner: -

CREATE TABLE public.reference_blocks (
    maker uuid NOT NULL,
    first_number bigint NOT NULL,
    last_number bigint NOT NULL,
    given_at timestamp with time zone NOT NULL,
    changed xid8 DEFAULT pg_current_xact_id() NOT NULL,
    CONSTRAINT reference_block_is_a_range CHECK (((first_number > 0) AND (last_number >= first_number)))
);

-- Name: refunds; Type: TABLE; Schema: public; Owner: -

CREATE TABLE public.refunds (
    case_id uuid NOT NULL,
    refund_id uuid NOT NULL,
    payment_id uuid,
    amount bigint NOT NULL,
    cause text NOT NULL,
    state text NOT NULL,
    owner_unit uuid NOT NULL,
    due_on date NOT NULL,
    opened_at timestamp with time zone NOT NULL,
    collected_by uuid,
    approved_by uuid[] NOT NULL,
    paid bigint NOT NULL,
    changed xid8 DEFAULT pg_current_xact_id() NOT NULL,
    CONSTRAINT refund_is_money CHECK (((amount > 0) AND (paid >= 0)))
);

-- Name: registrations; Type: TABLE; Schema: public; Owner: -

CREATE TABLE public.registrations (
    case_id uuid NOT NULL,
    registration_id uuid NOT NULL,
    channel text NOT NULL,
    unit_id uuid NOT NULL,
    registered_at timestamp with time zone NOT NULL,
    forwarded_to uuid,
    forwarded_at timestamp with time zone,
    acknowledged_at timestamp with time zone,
    changed xid8 DEFAULT pg_current_xact_id() NOT NULL,
    CONSTRAINT registration_channel_known CHECK ((channel = ANY (ARRAY['portal'::text, 'hotline'::text, 'one_stop'::text, 'post'::text])))
);

-- Name: replaced_pictures; Type: TABLE; Schema: public; Owner: -

CREATE TABLE public.replaced_pictures (
    case_id uuid NOT NULL,
    page_id uuid NOT NULL,
    file_sha256 bytea NOT NULL,
    CONSTRAINT replaced_picture_is_a_hash CHECK ((octet_length(file_sha256) = 32))
);

ALTER TABLE ONLY public.replaced_pictures FORCE ROW LEVEL SECURITY;

-- Name: roles_held; Type: TABLE; Schema: public; Owner: -

CREATE TABLE public.roles_held (
    id uuid NOT NULL,
    person_id uuid NOT NULL,
    unit_id uuid NOT NULL,
    role text NOT NULL,
    valid daterange NOT NULL,
    given_by uuid,
    recorded_at timestamp with time zone NOT NULL,
    taken_at timestamp with time zone,
    changed xid8 DEFAULT pg_current_xact_id() NOT NULL,
    CONSTRAINT role_has_a_beginning CHECK (((NOT isempty(valid)) AND (NOT lower_inf(valid)))),
    CONSTRAINT role_known CHECK ((role = ANY (ARRAY['courier'::text, 'dispatcher'::text, 'counter_clerk'::text, 'post_employee_at_one_stop'::text, 'cashier'::text, 'head_of_post'::text, 'one_stop_officer'::text, 'approver'::text, 'procedure_owner'::text, 'operator'::text, 'supervisor'::text, 'administrator'::text])))
);

-- Name: run_sheet_lines; Type: TABLE; Schema: public; Owner: -

CREATE TABLE public.run_sheet_lines (
    case_id uuid NOT NULL,
    line_id uuid NOT NULL,
    visit_id uuid NOT NULL,
    courier uuid NOT NULL,
    tells text NOT NULL,
    written_at timestamp with time zone NOT NULL,
    picture_sha256 bytea NOT NULL,
    state text NOT NULL,
    typed_by uuid NOT NULL,
    typed_at timestamp with time zone NOT NULL,
    rekeyed_by uuid NOT NULL,
    decided_by uuid,
    decided_at timestamp with time zone,
    changed xid8 DEFAULT pg_current_xact_id() NOT NULL,
    CONSTRAINT run_sheet_line_confirmed_by_another CHECK (((state <> 'confirmed'::text) OR (decided_by <> typed_by))),
    CONSTRAINT run_sheet_line_decided_by_somebody CHECK ((num_nonnulls(decided_by, decided_at) =
CASE state
    WHEN 'typed'::text THEN 0
    ELSE 2
END)),
    CONSTRAINT run_sheet_line_has_a_picture CHECK ((octet_length(picture_sha256) = 32)),
    CONSTRAINT run_sheet_line_state_known CHECK ((state = ANY (ARRAY['typed'::text, 'confirmed'::text, 'set_aside'::text]))),
    CONSTRAINT run_sheet_line_tells_words CHECK ((tells ~ '^([a-z_]+(:[a-z0-9_.-]+)?( |$))*$'::text))
);

ALTER TABLE ONLY public.run_sheet_lines FORCE ROW LEVEL SECURITY;

-- Name: same_level_posts; Type: TABLE; Schema: public; Owner: -

CREATE TABLE public.same_level_posts (
    id uuid NOT NULL,
    unit_id uuid NOT NULL,
    post_id uuid NOT NULL,
    valid daterange NOT NULL,
    source text NOT NULL,
    recorded_at timestamp with time zone DEFAULT now() NOT NULL,
    changed xid8 DEFAULT pg_current_xact_id() NOT NULL,
    CONSTRAINT same_level_post_is_another_unit CHECK ((unit_id <> post_id)),
    CONSTRAINT same_level_post_valid_some_day CHECK ((NOT isempty(valid)))
);

-- Name: schema_migrations; Type: TABLE; Schema: public; Owner: -

CREATE TABLE public.schema_migrations (
    number integer NOT NULL,
    name text NOT NULL,
    sha256 text NOT NULL,
    applied_at timestamp with time zone DEFAULT now() NOT NULL,
    milliseconds integer NOT NULL
);

-- Name: security_alarms; Type: TABLE; Schema: public; Owner: -

CREATE TABLE public.security_alarms (
    id uuid NOT NULL,
    kind text NOT NULL,
    device_id uuid NOT NULL,
    session_id uuid,
    raised_at timestamp with time zone NOT NULL,
    cleared_at timestamp with time zone,
    cleared_by uuid,
    changed xid8 DEFAULT pg_current_xact_id() NOT NULL,
    CONSTRAINT alarm_is_open_or_cleared CHECK (((cleared_at IS NULL) = (cleared_by IS NULL))),
    CONSTRAINT alarm_known CHECK ((kind = 'refresh_from_another_key'::text))
);

-- Name: shifts; Type: TABLE; Schema: public; Owner: -

CREATE TABLE public.shifts (
    shift_id uuid NOT NULL,
    courier uuid NOT NULL,
    unit_id uuid NOT NULL,
    day date NOT NULL,
    state text NOT NULL,
    float_amount bigint NOT NULL,
    begun_at timestamp with time zone NOT NULL,
    closed_at timestamp with time zone,
    difference bigint,
    changed xid8 DEFAULT pg_current_xact_id() NOT NULL,
    counted bigint,
    awaited bigint,
    reason text,
    counted_at timestamp with time zone,
    countersigned_by uuid,
    countersigned_at timestamp with time zone,
    CONSTRAINT shift_signed_whole CHECK ((((countersigned_by IS NULL) = (countersigned_at IS NULL)) AND (awaited >= 0) AND (countersigned_by <> courier)))
);

-- Name: sign_in_attempts; Type: TABLE; Schema: public; Owner: -

CREATE TABLE public.sign_in_attempts (
    key bytea NOT NULL,
    failures integer NOT NULL,
    last_at timestamp with time zone NOT NULL,
    succeeded_at timestamp with time zone,
    CONSTRAINT attempt_failures_count CHECK ((failures >= 0)),
    CONSTRAINT attempt_key_is_a_hash CHECK ((octet_length(key) = 32))
);

-- Name: signatures; Type: TABLE; Schema: public; Owner: -

CREATE TABLE public.signatures (
    case_id uuid NOT NULL,
    signature_id uuid NOT NULL,
    visit_id uuid NOT NULL,
    document text NOT NULL,
    mode text NOT NULL,
    shown_sha256 bytea NOT NULL,
    strokes_sha256 bytea,
    image_sha256 bytea,
    signed_at timestamp with time zone NOT NULL,
    voided_at timestamp with time zone,
    changed xid8 DEFAULT pg_current_xact_id() NOT NULL,
    state text DEFAULT 'valid'::text NOT NULL,
    signer text DEFAULT 'owner'::text NOT NULL,
    accepted boolean DEFAULT true NOT NULL,
    form_version text,
    page_ids uuid[] DEFAULT '{}'::uuid[] NOT NULL,
    hand text,
    finger text,
    witnesses integer DEFAULT 0 NOT NULL,
    witness_files bytea[] DEFAULT '{}'::bytea[] NOT NULL,
    CONSTRAINT signature_finger_has_a_hand CHECK (((hand IS NULL) = (finger IS NULL))),
    CONSTRAINT signature_is_void_from_a_moment CHECK (((state = 'voided'::text) = (voided_at IS NOT NULL))),
    CONSTRAINT signature_says_what_was_shown CHECK ((octet_length(shown_sha256) = 32))
);

-- Name: slip_blocks; Type: TABLE; Schema: public; Owner: -

CREATE TABLE public.slip_blocks (
    maker uuid CONSTRAINT slip_blocks_device_id_not_null NOT NULL,
    first_number bigint NOT NULL,
    last_number bigint NOT NULL,
    given_at timestamp with time zone NOT NULL,
    changed xid8 DEFAULT pg_current_xact_id() NOT NULL,
    CONSTRAINT slip_block_is_a_range CHECK (((first_number > 0) AND (last_number >= first_number)))
);

-- Name: subjects; Type: TABLE; Schema: public; Owner: -

CREATE TABLE public.subjects (
    kind text NOT NULL,
    id uuid NOT NULL,
    n integer DEFAULT 0 NOT NULL,
    head bytea NOT NULL,
    changed xid8 DEFAULT pg_current_xact_id() NOT NULL,
    CONSTRAINT subject_head_is_a_hash CHECK ((octet_length(head) = 32)),
    CONSTRAINT subject_kind_known CHECK ((kind = ANY (ARRAY['case'::text, 'shift'::text, 'device'::text, 'person'::text, 'procedure'::text, 'unit'::text, 'plan'::text, 'bag'::text, 'incident'::text]))),
    CONSTRAINT subject_n_counts CHECK ((n >= 0))
);

-- Name: touches; Type: TABLE; Schema: public; Owner: -

CREATE TABLE public.touches (
    subject_kind text NOT NULL,
    subject_id uuid NOT NULL,
    field text NOT NULL,
    n integer NOT NULL,
    made_by uuid NOT NULL,
    value bytea NOT NULL
);

-- Name: tracking_tokens; Type: TABLE; Schema: public; Owner: -

CREATE TABLE public.tracking_tokens (
    token_sha256 bytea NOT NULL,
    case_id uuid NOT NULL,
    number integer NOT NULL,
    live boolean NOT NULL,
    CONSTRAINT tracking_number_counts CHECK ((number >= 1))
);

-- Name: unit_areas; Type: TABLE; Schema: public; Owner: -

CREATE TABLE public.unit_areas (
    id uuid NOT NULL,
    unit_id uuid NOT NULL,
    commune_code text NOT NULL,
    valid daterange NOT NULL,
    source text NOT NULL,
    recorded_at timestamp with time zone DEFAULT now() NOT NULL,
    changed xid8 DEFAULT pg_current_xact_id() NOT NULL,
    CONSTRAINT unit_area_code_shape CHECK ((commune_code ~ '^[0-9]{5}$'::text)),
    CONSTRAINT unit_area_valid_some_day CHECK ((NOT isempty(valid)))
);

-- Name: unit_days; Type: TABLE; Schema: public; Owner: -

CREATE TABLE public.unit_days (
    id uuid NOT NULL,
    unit_id uuid NOT NULL,
    day date NOT NULL,
    valid daterange NOT NULL,
    kind text NOT NULL,
    opens time without time zone,
    closes time without time zone,
    note text NOT NULL,
    source text NOT NULL,
    recorded_at timestamp with time zone DEFAULT now() NOT NULL,
    changed xid8 DEFAULT pg_current_xact_id() NOT NULL,
    CONSTRAINT unit_day_has_hours_when_open CHECK ((((kind = 'off'::text) AND (opens IS NULL) AND (closes IS NULL)) OR ((kind = 'work'::text) AND (opens IS NOT NULL) AND (closes IS NOT NULL) AND (opens < closes)))),
    CONSTRAINT unit_day_kind_known CHECK ((kind = ANY (ARRAY['off'::text, 'work'::text]))),
    CONSTRAINT unit_day_valid_some_day CHECK ((NOT isempty(valid)))
);

-- Name: unit_hours; Type: TABLE; Schema: public; Owner: -

CREATE TABLE public.unit_hours (
    id uuid NOT NULL,
    unit_id uuid NOT NULL,
    place text NOT NULL,
    weekday smallint NOT NULL,
    opens time without time zone NOT NULL,
    closes time without time zone NOT NULL,
    seats smallint,
    valid daterange NOT NULL,
    source text NOT NULL,
    recorded_at timestamp with time zone DEFAULT now() NOT NULL,
    changed xid8 DEFAULT pg_current_xact_id() NOT NULL,
    CONSTRAINT unit_hours_are_a_span CHECK ((opens < closes)),
    CONSTRAINT unit_hours_place_known CHECK ((place = ANY (ARRAY['counter'::text, 'home'::text]))),
    CONSTRAINT unit_hours_seats_positive CHECK ((seats > 0)),
    CONSTRAINT unit_hours_valid_some_day CHECK ((NOT isempty(valid))),
    CONSTRAINT unit_hours_weekday_known CHECK (((weekday >= 1) AND (weekday <= 7)))
);

-- Name: unit_stages; Type: TABLE; Schema: public; Owner: -

CREATE TABLE public.unit_stages (
    id uuid NOT NULL,
    unit_id uuid NOT NULL,
    stage text NOT NULL,
    valid daterange NOT NULL,
    source text NOT NULL,
    recorded_at timestamp with time zone DEFAULT now() NOT NULL,
    changed xid8 DEFAULT pg_current_xact_id() NOT NULL,
    CONSTRAINT unit_stage_known CHECK ((stage = ANY (ARRAY['pilot'::text, 'official'::text]))),
    CONSTRAINT unit_stage_valid_some_day CHECK ((NOT isempty(valid)))
);

-- Name: unit_versions; Type: TABLE; Schema: public; Owner: -

CREATE TABLE public.unit_versions (
    id uuid NOT NULL,
    unit_id uuid NOT NULL,
    valid daterange NOT NULL,
    name text NOT NULL,
    folded text NOT NULL,
    level text NOT NULL,
    commune_code text NOT NULL,
    parent_id uuid,
    identifier text,
    identifier_long text,
    working_week smallint[] NOT NULL,
    source text NOT NULL,
    recorded_at timestamp with time zone DEFAULT now() NOT NULL,
    changed xid8 DEFAULT pg_current_xact_id() NOT NULL,
    CONSTRAINT unit_identifier_long_needs_the_canonical CHECK (((identifier_long IS NULL) OR (identifier IS NOT NULL))),
    CONSTRAINT unit_identifier_long_shape CHECK ((identifier_long ~ '^[0-9]{3}[.][0-9]{2}[.][0-9]{2}[.][A-Z][0-9]{2}$'::text)),
    CONSTRAINT unit_identifier_shape CHECK ((identifier ~ '^[A-Z][0-9]{2}([.][0-9]{2,3}){0,3}$'::text)),
    CONSTRAINT unit_level_known CHECK ((level = ANY (ARRAY['province'::text, 'district'::text, 'commune'::text]))),
    CONSTRAINT unit_not_its_own_parent CHECK ((parent_id <> unit_id)),
    CONSTRAINT unit_version_valid_some_day CHECK ((NOT isempty(valid))),
    CONSTRAINT unit_week_has_weekdays CHECK (((working_week <@ ARRAY[(1)::smallint, (2)::smallint, (3)::smallint, (4)::smallint, (5)::smallint, (6)::smallint, (7)::smallint]) AND (cardinality(working_week) > 0)))
);

-- Name: units; Type: TABLE; Schema: public; Owner: -

CREATE TABLE public.units (
    id uuid NOT NULL,
    kind text NOT NULL,
    source text NOT NULL,
    recorded_at timestamp with time zone DEFAULT now() NOT NULL,
    changed xid8 DEFAULT pg_current_xact_id() NOT NULL,
    CONSTRAINT unit_kind_known CHECK ((kind = ANY (ARRAY['province_post'::text, 'post'::text, 'postal_point'::text, 'one_stop'::text, 'agency'::text, 'hotline'::text])))
);

-- Name: upload_days; Type: TABLE; Schema: public; Owner: -

CREATE TABLE public.upload_days (
    device_id uuid NOT NULL,
    day date NOT NULL,
    bytes bigint NOT NULL
);

-- Name: uploads; Type: TABLE; Schema: public; Owner: -

CREATE TABLE public.uploads (
    upload_id uuid NOT NULL,
    device_id uuid NOT NULL,
    sha256 bytea NOT NULL,
    bytes bigint NOT NULL,
    done_at timestamp with time zone NOT NULL,
    CONSTRAINT upload_names_a_file CHECK ((octet_length(sha256) = 32))
);

-- Name: urgings; Type: TABLE; Schema: public; Owner: -

CREATE TABLE public.urgings (
    case_id uuid NOT NULL,
    urging_id uuid NOT NULL,
    unit_id uuid NOT NULL,
    state text NOT NULL,
    words text,
    answer_by date NOT NULL,
    urged_by uuid NOT NULL,
    urged_at timestamp with time zone NOT NULL,
    answer text,
    answered_by uuid,
    answered_at timestamp with time zone,
    changed xid8 DEFAULT pg_current_xact_id() NOT NULL,
    CONSTRAINT urging_answer_is_of_an_answered_one CHECK (((answer IS NULL) OR (state = 'answered'::text))),
    CONSTRAINT urging_is_urged_or_answered_by_somebody CHECK ((num_nonnulls(answered_by, answered_at) =
CASE state
    WHEN 'urged'::text THEN 0
    WHEN 'answered'::text THEN 2
    ELSE NULL::integer
END))
);

ALTER TABLE ONLY public.urgings FORCE ROW LEVEL SECURITY;

-- Name: visits; Type: TABLE; Schema: public; Owner: -

CREATE TABLE public.visits (
    visit_id uuid NOT NULL,
    unit_id uuid NOT NULL,
    courier uuid NOT NULL,
    purpose text NOT NULL,
    place text NOT NULL,
    day date NOT NULL,
    time_window text NOT NULL,
    state text NOT NULL,
    outcome text,
    reason text,
    arrived_at timestamp with time zone,
    ended_at timestamp with time zone,
    changed xid8 DEFAULT pg_current_xact_id() NOT NULL,
    unplanned boolean DEFAULT false NOT NULL,
    CONSTRAINT visit_place_known CHECK ((place = ANY (ARRAY['home'::text, 'post_counter'::text, 'one_stop'::text, 'mobile_point'::text]))),
    CONSTRAINT visit_purpose_known CHECK ((purpose = ANY (ARRAY['collect'::text, 'supplement'::text, 'exchange'::text, 'deliver'::text, 'return_papers'::text])))
);

-- Name: passwords account_of_one_person; Type: CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.passwords
    ADD CONSTRAINT account_of_one_person UNIQUE (account);

-- Name: acts act_takes_effect_once; Type: CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.acts
    ADD CONSTRAINT act_takes_effect_once UNIQUE (made_by, id);

-- Name: acts acts_pkey; Type: CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.acts
    ADD CONSTRAINT acts_pkey PRIMARY KEY (subject_id, subject_kind, n);

-- Name: appointments appointments_pkey; Type: CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.appointments
    ADD CONSTRAINT appointments_pkey PRIMARY KEY (case_id, appointment_id);

-- Name: area_successors area_successors_pkey; Type: CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.area_successors
    ADD CONSTRAINT area_successors_pkey PRIMARY KEY (level, old_code, since, new_code);

-- Name: people badge_of_one_person; Type: CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.people
    ADD CONSTRAINT badge_of_one_person UNIQUE (badge);

-- Name: bag_parcels bag_parcels_pkey; Type: CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.bag_parcels
    ADD CONSTRAINT bag_parcels_pkey PRIMARY KEY (bag_id, parcel_id);

-- Name: bags bags_pkey; Type: CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.bags
    ADD CONSTRAINT bags_pkey PRIMARY KEY (bag_id);

-- Name: balances balances_pkey; Type: CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.balances
    ADD CONSTRAINT balances_pkey PRIMARY KEY (account);

-- Name: bank_credits bank_credits_pkey; Type: CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.bank_credits
    ADD CONSTRAINT bank_credits_pkey PRIMARY KEY (credit_id);

-- Name: bundle bundle_pkey; Type: CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.bundle
    ADD CONSTRAINT bundle_pkey PRIMARY KEY (person_id, case_id, visit_id);

-- Name: call_back_draws call_back_draws_pkey; Type: CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.call_back_draws
    ADD CONSTRAINT call_back_draws_pkey PRIMARY KEY (day);

-- Name: call_backs call_back_once_per_visit; Type: CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.call_backs
    ADD CONSTRAINT call_back_once_per_visit UNIQUE (case_id, visit_id);

-- Name: call_backs call_backs_pkey; Type: CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.call_backs
    ADD CONSTRAINT call_backs_pkey PRIMARY KEY (case_id, call_back_id);

-- Name: card_look_ups card_look_ups_pkey; Type: CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.card_look_ups
    ADD CONSTRAINT card_look_ups_pkey PRIMARY KEY (look_up_id);

-- Name: case_units case_units_pkey; Type: CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.case_units
    ADD CONSTRAINT case_units_pkey PRIMARY KEY (case_id, unit_id, relation);

-- Name: case_visits case_visits_pkey; Type: CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.case_visits
    ADD CONSTRAINT case_visits_pkey PRIMARY KEY (case_id, visit_id);

-- Name: cases cases_pkey; Type: CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.cases
    ADD CONSTRAINT cases_pkey PRIMARY KEY (case_id);

-- Name: catalogues catalogue_once; Type: CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.catalogues
    ADD CONSTRAINT catalogue_once UNIQUE (sha256);

-- Name: catalogues catalogues_pkey; Type: CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.catalogues
    ADD CONSTRAINT catalogues_pkey PRIMARY KEY (number);

-- Name: charges charges_pkey; Type: CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.charges
    ADD CONSTRAINT charges_pkey PRIMARY KEY (case_id, charge_id);

-- Name: checkpoints checkpoints_pkey; Type: CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.checkpoints
    ADD CONSTRAINT checkpoints_pkey PRIMARY KEY (made_at);

-- Name: collections collections_pkey; Type: CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.collections
    ADD CONSTRAINT collections_pkey PRIMARY KEY (case_id, collection_id);

-- Name: collections collections_slip_number_key; Type: CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.collections
    ADD CONSTRAINT collections_slip_number_key UNIQUE (slip_number);

-- Name: communes commune_one_version_a_day; Type: CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.communes
    ADD CONSTRAINT commune_one_version_a_day EXCLUDE USING gist (code WITH =, valid WITH &&);

-- Name: communes communes_pkey; Type: CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.communes
    ADD CONSTRAINT communes_pkey PRIMARY KEY (id);

-- Name: compensation_rules compensation_rule_of_a_day; Type: CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.compensation_rules
    ADD CONSTRAINT compensation_rule_of_a_day EXCLUDE USING gist (valid WITH &&);

-- Name: competence_gates competence_gates_pkey; Type: CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.competence_gates
    ADD CONSTRAINT competence_gates_pkey PRIMARY KEY (id);

-- Name: component_files component_files_pkey; Type: CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.component_files
    ADD CONSTRAINT component_files_pkey PRIMARY KEY (case_id, component, version);

-- Name: consents consents_pkey; Type: CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.consents
    ADD CONSTRAINT consents_pkey PRIMARY KEY (case_id, extra);

-- Name: contacts contacts_pkey; Type: CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.contacts
    ADD CONSTRAINT contacts_pkey PRIMARY KEY (case_id);

-- Name: courier_checks courier_checks_pkey; Type: CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.courier_checks
    ADD CONSTRAINT courier_checks_pkey PRIMARY KEY (check_id);

-- Name: data_keys data_key_of_one_subject; Type: CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.data_keys
    ADD CONSTRAINT data_key_of_one_subject UNIQUE (subject_id, subject_kind);

-- Name: data_keys data_keys_pkey; Type: CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.data_keys
    ADD CONSTRAINT data_keys_pkey PRIMARY KEY (id);

-- Name: desk_sessions desk_sessions_pkey; Type: CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.desk_sessions
    ADD CONSTRAINT desk_sessions_pkey PRIMARY KEY (hash);

-- Name: device_sessions device_sessions_pkey; Type: CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.device_sessions
    ADD CONSTRAINT device_sessions_pkey PRIMARY KEY (id);

-- Name: devices devices_pkey; Type: CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.devices
    ADD CONSTRAINT devices_pkey PRIMARY KEY (id);

-- Name: digitisation_stages digitisation_stage_one_answer_a_day; Type: CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.digitisation_stages
    ADD CONSTRAINT digitisation_stage_one_answer_a_day EXCLUDE USING gist (COALESCE(unit_id, '00000000-0000-0000-0000-000000000000'::uuid) WITH =, COALESCE(procedure, ''::text) WITH =, stage WITH =, valid WITH &&) WHERE ((taken_at IS NULL));

-- Name: digitisation_stages digitisation_stages_pkey; Type: CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.digitisation_stages
    ADD CONSTRAINT digitisation_stages_pkey PRIMARY KEY (id);

-- Name: districts district_one_version_a_day; Type: CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.districts
    ADD CONSTRAINT district_one_version_a_day EXCLUDE USING gist (code WITH =, valid WITH &&);

-- Name: districts districts_pkey; Type: CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.districts
    ADD CONSTRAINT districts_pkey PRIMARY KEY (id);

-- Name: dossiers dossiers_pkey; Type: CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.dossiers
    ADD CONSTRAINT dossiers_pkey PRIMARY KEY (case_id);

-- Name: duties duties_pkey; Type: CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.duties
    ADD CONSTRAINT duties_pkey PRIMARY KEY (case_id, duty_id);

-- Name: enrolment_codes enrolment_codes_pkey; Type: CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.enrolment_codes
    ADD CONSTRAINT enrolment_codes_pkey PRIMARY KEY (hash);

-- Name: entries entries_pkey; Type: CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.entries
    ADD CONSTRAINT entries_pkey PRIMARY KEY (transfer_id, line);

-- Name: exceptions exceptions_pkey; Type: CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.exceptions
    ADD CONSTRAINT exceptions_pkey PRIMARY KEY (case_id, exception_id);

-- Name: files files_pkey; Type: CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.files
    ADD CONSTRAINT files_pkey PRIMARY KEY (sha256);

-- Name: followers followers_pkey; Type: CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.followers
    ADD CONSTRAINT followers_pkey PRIMARY KEY (name);

-- Name: former_contacts former_contacts_pkey; Type: CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.former_contacts
    ADD CONSTRAINT former_contacts_pkey PRIMARY KEY (case_id, made_by, act_id);

-- Name: competence_gates gate_one_answer_a_day; Type: CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.competence_gates
    ADD CONSTRAINT gate_one_answer_a_day EXCLUDE USING gist (unit_id WITH =, model WITH =, valid WITH &&) WHERE ((taken_at IS NULL));

-- Name: hand_overs hand_overs_pkey; Type: CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.hand_overs
    ADD CONSTRAINT hand_overs_pkey PRIMARY KEY (case_id, offer_id);

-- Name: house_marks house_marks_pkey; Type: CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.house_marks
    ADD CONSTRAINT house_marks_pkey PRIMARY KEY (case_id);

-- Name: inbox inbox_pkey; Type: CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.inbox
    ADD CONSTRAINT inbox_pkey PRIMARY KEY (made_by, id);

-- Name: incident_things incident_things_pkey; Type: CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.incident_things
    ADD CONSTRAINT incident_things_pkey PRIMARY KEY (case_id, incident_id, kind, thing_id);

-- Name: incidents incidents_pkey; Type: CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.incidents
    ADD CONSTRAINT incidents_pkey PRIMARY KEY (incident_id);

-- Name: installation installation_pkey; Type: CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.installation
    ADD CONSTRAINT installation_pkey PRIMARY KEY (id);

-- Name: invitation_rules invitation_rules_apart; Type: CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.invitation_rules
    ADD CONSTRAINT invitation_rules_apart EXCLUDE USING gist (daterange(valid_from, valid_until) WITH &&);

-- Name: invitations invitations_pkey; Type: CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.invitations
    ADD CONSTRAINT invitations_pkey PRIMARY KEY (case_id, invitation_id);

-- Name: devices key_of_one_device; Type: CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.devices
    ADD CONSTRAINT key_of_one_device UNIQUE (thumbprint);

-- Name: label_sets label_sets_card_token_sha256_key; Type: CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.label_sets
    ADD CONSTRAINT label_sets_card_token_sha256_key UNIQUE (card_token_sha256);

-- Name: label_sets label_sets_item_number_key; Type: CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.label_sets
    ADD CONSTRAINT label_sets_item_number_key UNIQUE (item_number);

-- Name: label_sets label_sets_label_key; Type: CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.label_sets
    ADD CONSTRAINT label_sets_label_key UNIQUE (label);

-- Name: label_sets label_sets_pkey; Type: CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.label_sets
    ADD CONSTRAINT label_sets_pkey PRIMARY KEY (number);

-- Name: lead_units lead_one_unit_a_day; Type: CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.lead_units
    ADD CONSTRAINT lead_one_unit_a_day EXCLUDE USING gist (level WITH =, area_code WITH =, valid WITH &&);

-- Name: lead_units lead_units_pkey; Type: CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.lead_units
    ADD CONSTRAINT lead_units_pkey PRIMARY KEY (id);

-- Name: mandates mandates_pkey; Type: CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.mandates
    ADD CONSTRAINT mandates_pkey PRIMARY KEY (case_id, mandate_id);

-- Name: masters masters_pkey; Type: CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.masters
    ADD CONSTRAINT masters_pkey PRIMARY KEY (file_sha256);

-- Name: notices notice_once_per_act_and_template; Type: CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.notices
    ADD CONSTRAINT notice_once_per_act_and_template UNIQUE (made_by, act_id, template);

-- Name: notices notices_pkey; Type: CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.notices
    ADD CONSTRAINT notices_pkey PRIMARY KEY (case_id, notice_id);

-- Name: notices_shown notices_shown_pkey; Type: CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.notices_shown
    ADD CONSTRAINT notices_shown_pkey PRIMARY KEY (case_id, notice);

-- Name: pages pages_pkey; Type: CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.pages
    ADD CONSTRAINT pages_pkey PRIMARY KEY (case_id, page_id);

-- Name: papers papers_pkey; Type: CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.papers
    ADD CONSTRAINT papers_pkey PRIMARY KEY (case_id, paper_id);

-- Name: parcels parcels_pkey; Type: CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.parcels
    ADD CONSTRAINT parcels_pkey PRIMARY KEY (case_id, parcel_id);

-- Name: parties parties_pkey; Type: CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.parties
    ADD CONSTRAINT parties_pkey PRIMARY KEY (case_id, party_id);

-- Name: passwords passwords_pkey; Type: CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.passwords
    ADD CONSTRAINT passwords_pkey PRIMARY KEY (person_id);

-- Name: payee_accounts payee_account_of_one_unit; Type: CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.payee_accounts
    ADD CONSTRAINT payee_account_of_one_unit EXCLUDE USING gist (bank_bin WITH =, account WITH =, valid WITH &&);

-- Name: payee_accounts payee_accounts_pkey; Type: CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.payee_accounts
    ADD CONSTRAINT payee_accounts_pkey PRIMARY KEY (id);

-- Name: payee_accounts payee_one_account_a_day; Type: CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.payee_accounts
    ADD CONSTRAINT payee_one_account_a_day EXCLUDE USING gist (unit_id WITH =, valid WITH &&);

-- Name: payments payment_reference_of_one_order; Type: CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.payments
    ADD CONSTRAINT payment_reference_of_one_order EXCLUDE USING gist (reference WITH =, COALESCE(order_id, payment_id) WITH <>);

-- Name: payments payments_pkey; Type: CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.payments
    ADD CONSTRAINT payments_pkey PRIMARY KEY (case_id, payment_id);

-- Name: people people_pkey; Type: CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.people
    ADD CONSTRAINT people_pkey PRIMARY KEY (id);

-- Name: personal personal_pkey; Type: CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.personal
    ADD CONSTRAINT personal_pkey PRIMARY KEY (made_by, act_id);

-- Name: pgqueuer_log pgqueuer_log_pkey; Type: CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.pgqueuer_log
    ADD CONSTRAINT pgqueuer_log_pkey PRIMARY KEY (id);

-- Name: pgqueuer pgqueuer_pkey; Type: CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.pgqueuer
    ADD CONSTRAINT pgqueuer_pkey PRIMARY KEY (id);

-- Name: pgqueuer_statistics pgqueuer_statistics_pkey; Type: CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.pgqueuer_statistics
    ADD CONSTRAINT pgqueuer_statistics_pkey PRIMARY KEY (id);

-- Name: portraits portraits_pkey; Type: CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.portraits
    ADD CONSTRAINT portraits_pkey PRIMARY KEY (person_id, recorded_at);

-- Name: presence presence_pkey; Type: CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.presence
    ADD CONSTRAINT presence_pkey PRIMARY KEY (case_id, visit_id);

-- Name: procedure_versions procedure_one_version_a_day; Type: CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.procedure_versions
    ADD CONSTRAINT procedure_one_version_a_day EXCLUDE USING gist (code WITH =, valid WITH &&);

-- Name: procedure_versions procedure_versions_pkey; Type: CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.procedure_versions
    ADD CONSTRAINT procedure_versions_pkey PRIMARY KEY (id);

-- Name: provinces province_one_version_a_day; Type: CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.provinces
    ADD CONSTRAINT province_one_version_a_day EXCLUDE USING gist (code WITH =, valid WITH &&);

-- Name: provinces provinces_pkey; Type: CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.provinces
    ADD CONSTRAINT provinces_pkey PRIMARY KEY (id);

-- Name: public_days public_day_one_answer; Type: CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.public_days
    ADD CONSTRAINT public_day_one_answer EXCLUDE USING gist (day WITH =, valid WITH &&);

-- Name: public_days public_days_pkey; Type: CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.public_days
    ADD CONSTRAINT public_days_pkey PRIMARY KEY (id);

-- Name: push_subscriptions push_once_per_endpoint; Type: CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.push_subscriptions
    ADD CONSTRAINT push_once_per_endpoint UNIQUE (endpoint_sha256);

-- Name: push_subscriptions push_subscriptions_pkey; Type: CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.push_subscriptions
    ADD CONSTRAINT push_subscriptions_pkey PRIMARY KEY (case_id, endpoint_sha256);

-- Name: qualifications qualification_once_at_a_time; Type: CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.qualifications
    ADD CONSTRAINT qualification_once_at_a_time EXCLUDE USING gist (person_id WITH =, model WITH =, valid WITH &&) WHERE ((taken_at IS NULL));

-- Name: qualifications qualifications_pkey; Type: CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.qualifications
    ADD CONSTRAINT qualifications_pkey PRIMARY KEY (id);

-- Name: questions questions_pkey; Type: CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.questions
    ADD CONSTRAINT questions_pkey PRIMARY KEY (case_id, question_id);

-- Name: readings readings_pkey; Type: CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.readings
    ADD CONSTRAINT readings_pkey PRIMARY KEY (case_id, document);

-- Name: reference_blocks reference_blocks_apart; Type: CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.reference_blocks
    ADD CONSTRAINT reference_blocks_apart EXCLUDE USING gist (int8range(first_number, last_number, '[]'::text) WITH &&);

-- Name: reference_blocks reference_blocks_pkey; Type: CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.reference_blocks
    ADD CONSTRAINT reference_blocks_pkey PRIMARY KEY (first_number);

-- Name: refunds refunds_pkey; Type: CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.refunds
    ADD CONSTRAINT refunds_pkey PRIMARY KEY (case_id, refund_id);

-- Name: registrations registrations_pkey; Type: CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.registrations
    ADD CONSTRAINT registrations_pkey PRIMARY KEY (case_id, registration_id);

-- Name: replaced_pictures replaced_pictures_pkey; Type: CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.replaced_pictures
    ADD CONSTRAINT replaced_pictures_pkey PRIMARY KEY (case_id, page_id, file_sha256);

-- Name: roles_held role_held_once_at_a_time; Type: CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.roles_held
    ADD CONSTRAINT role_held_once_at_a_time EXCLUDE USING gist (person_id WITH =, unit_id WITH =, role WITH =, valid WITH &&) WHERE ((taken_at IS NULL));

-- Name: roles_held roles_held_pkey; Type: CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.roles_held
    ADD CONSTRAINT roles_held_pkey PRIMARY KEY (id);

-- Name: run_sheet_lines run_sheet_lines_pkey; Type: CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.run_sheet_lines
    ADD CONSTRAINT run_sheet_lines_pkey PRIMARY KEY (case_id, line_id);

-- Name: same_level_posts same_level_one_post_a_day; Type: CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.same_level_posts
    ADD CONSTRAINT same_level_one_post_a_day EXCLUDE USING gist (unit_id WITH =, valid WITH &&);

-- Name: same_level_posts same_level_posts_pkey; Type: CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.same_level_posts
    ADD CONSTRAINT same_level_posts_pkey PRIMARY KEY (id);

-- Name: schema_migrations schema_migrations_pkey; Type: CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.schema_migrations
    ADD CONSTRAINT schema_migrations_pkey PRIMARY KEY (number);

-- Name: security_alarms security_alarms_pkey; Type: CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.security_alarms
    ADD CONSTRAINT security_alarms_pkey PRIMARY KEY (id);

-- Name: shifts shifts_pkey; Type: CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.shifts
    ADD CONSTRAINT shifts_pkey PRIMARY KEY (shift_id);

-- Name: sign_in_attempts sign_in_attempts_pkey; Type: CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.sign_in_attempts
    ADD CONSTRAINT sign_in_attempts_pkey PRIMARY KEY (key);

-- Name: signatures signatures_pkey; Type: CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.signatures
    ADD CONSTRAINT signatures_pkey PRIMARY KEY (case_id, signature_id);

-- Name: slip_blocks slip_blocks_apart; Type: CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.slip_blocks
    ADD CONSTRAINT slip_blocks_apart EXCLUDE USING gist (int8range(first_number, last_number, '[]'::text) WITH &&);

-- Name: slip_blocks slip_blocks_pkey; Type: CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.slip_blocks
    ADD CONSTRAINT slip_blocks_pkey PRIMARY KEY (first_number);

-- Name: subjects subjects_pkey; Type: CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.subjects
    ADD CONSTRAINT subjects_pkey PRIMARY KEY (id, kind);

-- Name: touches touches_pkey; Type: CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.touches
    ADD CONSTRAINT touches_pkey PRIMARY KEY (subject_id, subject_kind, field, n);

-- Name: tracking_tokens tracking_tokens_pkey; Type: CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.tracking_tokens
    ADD CONSTRAINT tracking_tokens_pkey PRIMARY KEY (token_sha256);

-- Name: unit_areas unit_area_once_a_day; Type: CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.unit_areas
    ADD CONSTRAINT unit_area_once_a_day EXCLUDE USING gist (unit_id WITH =, commune_code WITH =, valid WITH &&);

-- Name: unit_areas unit_areas_pkey; Type: CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.unit_areas
    ADD CONSTRAINT unit_areas_pkey PRIMARY KEY (id);

-- Name: unit_days unit_day_one_answer; Type: CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.unit_days
    ADD CONSTRAINT unit_day_one_answer EXCLUDE USING gist (unit_id WITH =, day WITH =, valid WITH &&);

-- Name: unit_days unit_days_pkey; Type: CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.unit_days
    ADD CONSTRAINT unit_days_pkey PRIMARY KEY (id);

-- Name: unit_hours unit_hours_apart; Type: CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.unit_hours
    ADD CONSTRAINT unit_hours_apart EXCLUDE USING gist (unit_id WITH =, place WITH =, weekday WITH =, tsrange(('2000-01-01'::date + opens), ('2000-01-01'::date + closes)) WITH &&, valid WITH &&);

-- Name: unit_hours unit_hours_pkey; Type: CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.unit_hours
    ADD CONSTRAINT unit_hours_pkey PRIMARY KEY (id);

-- Name: unit_versions unit_identifier_of_one_unit; Type: CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.unit_versions
    ADD CONSTRAINT unit_identifier_of_one_unit EXCLUDE USING gist (identifier WITH =, valid WITH &&) WHERE ((identifier IS NOT NULL));

-- Name: unit_versions unit_one_version_a_day; Type: CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.unit_versions
    ADD CONSTRAINT unit_one_version_a_day EXCLUDE USING gist (unit_id WITH =, valid WITH &&);

-- Name: unit_stages unit_stage_one_a_day; Type: CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.unit_stages
    ADD CONSTRAINT unit_stage_one_a_day EXCLUDE USING gist (unit_id WITH =, valid WITH &&);

-- Name: unit_stages unit_stages_pkey; Type: CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.unit_stages
    ADD CONSTRAINT unit_stages_pkey PRIMARY KEY (id);

-- Name: unit_versions unit_versions_pkey; Type: CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.unit_versions
    ADD CONSTRAINT unit_versions_pkey PRIMARY KEY (id);

-- Name: units units_pkey; Type: CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.units
    ADD CONSTRAINT units_pkey PRIMARY KEY (id);

-- Name: upload_days upload_days_pkey; Type: CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.upload_days
    ADD CONSTRAINT upload_days_pkey PRIMARY KEY (device_id, day);

-- Name: uploads uploads_pkey; Type: CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.uploads
    ADD CONSTRAINT uploads_pkey PRIMARY KEY (upload_id);

-- Name: urgings urgings_pkey; Type: CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.urgings
    ADD CONSTRAINT urgings_pkey PRIMARY KEY (case_id, urging_id);

-- Name: visits visits_pkey; Type: CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.visits
    ADD CONSTRAINT visits_pkey PRIMARY KEY (visit_id);

-- Name: acts_changed; Type: INDEX; Schema: public; Owner: -

CREATE INDEX acts_changed ON public.acts USING btree (changed);

-- Name: appointments_to_confirm; Type: INDEX; Schema: public; Owner: -

CREATE INDEX appointments_to_confirm ON public.appointments USING btree (day) WHERE (live AND (state = 'waiting_call'::text));

-- Name: bag_parcels_of_case; Type: INDEX; Schema: public; Owner: -

CREATE INDEX bag_parcels_of_case ON public.bag_parcels USING btree (case_id);

-- Name: bags_of_unit; Type: INDEX; Schema: public; Owner: -

CREATE INDEX bags_of_unit ON public.bags USING btree (unit_id, opened_at);

-- Name: bags_to_unit; Type: INDEX; Schema: public; Owner: -

CREATE INDEX bags_to_unit ON public.bags USING btree (to_unit, opened_at);

-- Name: bank_credits_of_case; Type: INDEX; Schema: public; Owner: -

CREATE INDEX bank_credits_of_case ON public.bank_credits USING btree (case_id);

-- Name: bank_credits_parts; Type: INDEX; Schema: public; Owner: -

CREATE INDEX bank_credits_parts ON public.bank_credits USING btree (part_of) WHERE (part_of IS NOT NULL);

-- Name: bank_credits_unmatched; Type: INDEX; Schema: public; Owner: -

CREATE INDEX bank_credits_unmatched ON public.bank_credits USING btree (unit_id) WHERE (case_id IS NULL);

-- Name: bank_entry_credited_once; Type: INDEX; Schema: public; Owner: -

CREATE UNIQUE INDEX bank_entry_credited_once ON public.bank_credits USING btree (account_id, entry) WHERE (part_of IS NULL);

-- Name: bundle_changed; Type: INDEX; Schema: public; Owner: -

CREATE INDEX bundle_changed ON public.bundle USING btree (person_id, changed);

-- Name: bundle_of_case; Type: INDEX; Schema: public; Owner: -

CREATE INDEX bundle_of_case ON public.bundle USING btree (case_id);

-- Name: call_backs_of_courier; Type: INDEX; Schema: public; Owner: -

CREATE INDEX call_backs_of_courier ON public.call_backs USING btree (courier, listed_at);

-- Name: call_backs_waiting; Type: INDEX; Schema: public; Owner: -

CREATE INDEX call_backs_waiting ON public.call_backs USING btree (listed_at) WHERE (state = ANY (ARRAY['listed'::text, 'unreachable'::text, 'disagrees'::text]));

-- Name: card_look_ups_of_case; Type: INDEX; Schema: public; Owner: -

CREATE INDEX card_look_ups_of_case ON public.card_look_ups USING btree (case_id);

-- Name: card_look_ups_of_person; Type: INDEX; Schema: public; Owner: -

CREATE INDEX card_look_ups_of_person ON public.card_look_ups USING btree (person_id, at);

-- Name: case_units_of_unit; Type: INDEX; Schema: public; Owner: -

CREATE INDEX case_units_of_unit ON public.case_units USING btree (unit_id, state, opened_at DESC, case_id);

-- Name: case_visits_of_visit; Type: INDEX; Schema: public; Owner: -

CREATE INDEX case_visits_of_visit ON public.case_visits USING btree (visit_id);

-- Name: cases_changed; Type: INDEX; Schema: public; Owner: -

CREATE INDEX cases_changed ON public.cases USING btree (changed);

-- Name: cases_merged; Type: INDEX; Schema: public; Owner: -

CREATE INDEX cases_merged ON public.cases USING btree (merged_into) WHERE (merged_into IS NOT NULL);

-- Name: cases_newest; Type: INDEX; Schema: public; Owner: -

CREATE INDEX cases_newest ON public.cases USING btree (opened_at DESC, case_id);

-- Name: cases_owner; Type: INDEX; Schema: public; Owner: -

CREATE INDEX cases_owner ON public.cases USING gin (owner_folded public.gin_trgm_ops);

-- Name: cases_same_name; Type: INDEX; Schema: public; Owner: -

CREATE INDEX cases_same_name ON public.cases USING btree (owner_folded, procedure);

-- Name: cases_state; Type: INDEX; Schema: public; Owner: -

CREATE INDEX cases_state ON public.cases USING btree (state, opened_at DESC, case_id);

-- Name: charges_changed; Type: INDEX; Schema: public; Owner: -

CREATE INDEX charges_changed ON public.charges USING btree (changed);

-- Name: closed_dossiers; Type: INDEX; Schema: public; Owner: -

CREATE INDEX closed_dossiers ON public.dossiers USING btree (code) WHERE (NOT live);

-- Name: collections_of_courier; Type: INDEX; Schema: public; Owner: -

CREATE INDEX collections_of_courier ON public.collections USING btree (courier, collected_at);

-- Name: collections_of_order; Type: INDEX; Schema: public; Owner: -

CREATE INDEX collections_of_order ON public.collections USING btree (order_id) WHERE (order_id IS NOT NULL);

-- Name: communes_folded; Type: INDEX; Schema: public; Owner: -

CREATE INDEX communes_folded ON public.communes USING gin (folded public.gin_trgm_ops);

-- Name: component_files_by_hash; Type: INDEX; Schema: public; Owner: -

CREATE INDEX component_files_by_hash ON public.component_files USING btree (sha256);

-- Name: component_files_changed; Type: INDEX; Schema: public; Owner: -

CREATE INDEX component_files_changed ON public.component_files USING btree (changed);

-- Name: courier_checks_by_time; Type: INDEX; Schema: public; Owner: -

CREATE INDEX courier_checks_by_time ON public.courier_checks USING btree (at);

-- Name: desk_sessions_of_person; Type: INDEX; Schema: public; Owner: -

CREATE INDEX desk_sessions_of_person ON public.desk_sessions USING btree (person_id) WHERE (revoked_at IS NULL);

-- Name: device_sessions_of_device; Type: INDEX; Schema: public; Owner: -

CREATE INDEX device_sessions_of_device ON public.device_sessions USING btree (device_id) WHERE (revoked_at IS NULL);

-- Name: devices_changed; Type: INDEX; Schema: public; Owner: -

CREATE INDEX devices_changed ON public.devices USING btree (changed);

-- Name: devices_lent_from; Type: INDEX; Schema: public; Owner: -

CREATE INDEX devices_lent_from ON public.devices USING btree (lent_from) WHERE (lent_from IS NOT NULL);

-- Name: devices_of_person; Type: INDEX; Schema: public; Owner: -

CREATE INDEX devices_of_person ON public.devices USING btree (person_id);

-- Name: devices_of_unit; Type: INDEX; Schema: public; Owner: -

CREATE INDEX devices_of_unit ON public.devices USING btree (unit_id);

-- Name: dossiers_code_end; Type: INDEX; Schema: public; Owner: -

CREATE INDEX dossiers_code_end ON public.dossiers USING btree (reverse(code) COLLATE "C");

-- Name: duties_open; Type: INDEX; Schema: public; Owner: -

CREATE INDEX duties_open ON public.duties USING btree (case_id) WHERE (state = 'open'::text);

-- Name: enrolment_codes_old; Type: INDEX; Schema: public; Owner: -

CREATE INDEX enrolment_codes_old ON public.enrolment_codes USING btree (expires_at);

-- Name: entries_changed; Type: INDEX; Schema: public; Owner: -

CREATE INDEX entries_changed ON public.entries USING btree (changed);

-- Name: entries_of_account; Type: INDEX; Schema: public; Owner: -

CREATE INDEX entries_of_account ON public.entries USING btree (account, day);

-- Name: entries_of_case; Type: INDEX; Schema: public; Owner: -

CREATE INDEX entries_of_case ON public.entries USING btree (case_id);

-- Name: exceptions_changed; Type: INDEX; Schema: public; Owner: -

CREATE INDEX exceptions_changed ON public.exceptions USING btree (changed);

-- Name: exceptions_open; Type: INDEX; Schema: public; Owner: -

CREATE INDEX exceptions_open ON public.exceptions USING btree (case_id) WHERE (cleared_at IS NULL);

-- Name: files_bad; Type: INDEX; Schema: public; Owner: -

CREATE INDEX files_bad ON public.files USING btree (received_at) WHERE (state = 'bad'::text);

-- Name: files_changed; Type: INDEX; Schema: public; Owner: -

CREATE INDEX files_changed ON public.files USING btree (changed);

-- Name: files_not_yet_opened; Type: INDEX; Schema: public; Owner: -

CREATE INDEX files_not_yet_opened ON public.files USING btree (received_at, sha256) WHERE (state = 'received'::text);

-- Name: hand_overs_of_offer; Type: INDEX; Schema: public; Owner: -

CREATE INDEX hand_overs_of_offer ON public.hand_overs USING btree (offer_id);

-- Name: hand_overs_open; Type: INDEX; Schema: public; Owner: -

CREATE INDEX hand_overs_open ON public.hand_overs USING btree (offered_at) WHERE (received_at IS NULL);

-- Name: inbox_after_gap; Type: INDEX; Schema: public; Owner: -

CREATE INDEX inbox_after_gap ON public.inbox USING btree (case_id) WHERE after_gap;

-- Name: inbox_changed; Type: INDEX; Schema: public; Owner: -

CREATE INDEX inbox_changed ON public.inbox USING btree (changed);

-- Name: inbox_decided; Type: INDEX; Schema: public; Owner: -

CREATE INDEX inbox_decided ON public.inbox USING btree (subject_id, n) WHERE ((kind = 'resolve_review'::text) AND (source = 'desk'::text) AND (standing = 'applied'::text));

-- Name: inbox_waiting; Type: INDEX; Schema: public; Owner: -

CREATE INDEX inbox_waiting ON public.inbox USING btree (made_by, case_id, seq) WHERE (standing = ANY (ARRAY['held'::text, 'behind'::text, 'review'::text]));

-- Name: inbox_waiting_on; Type: INDEX; Schema: public; Owner: -

CREATE INDEX inbox_waiting_on ON public.inbox USING btree (subject_id) WHERE (standing = ANY (ARRAY['held'::text, 'behind'::text, 'review'::text]));

-- Name: incident_things_of_incident; Type: INDEX; Schema: public; Owner: -

CREATE INDEX incident_things_of_incident ON public.incident_things USING btree (incident_id);

-- Name: incident_things_open; Type: INDEX; Schema: public; Owner: -

CREATE INDEX incident_things_open ON public.incident_things USING btree (case_id) WHERE open;

-- Name: incidents_open; Type: INDEX; Schema: public; Owner: -

CREATE INDEX incidents_open ON public.incidents USING btree (unit_id, reported_at) WHERE (ended_at IS NULL);

-- Name: incidents_reported; Type: INDEX; Schema: public; Owner: -

CREATE INDEX incidents_reported ON public.incidents USING btree (reported_unit, reported_at);

-- Name: label_sets_by_look_up; Type: INDEX; Schema: public; Owner: -

CREATE INDEX label_sets_by_look_up ON public.label_sets USING btree (look_up_hash);

-- Name: label_sets_changed; Type: INDEX; Schema: public; Owner: -

CREATE INDEX label_sets_changed ON public.label_sets USING btree (changed);

-- Name: label_sets_of_case; Type: INDEX; Schema: public; Owner: -

CREATE INDEX label_sets_of_case ON public.label_sets USING btree (case_id);

-- Name: label_sets_of_holder; Type: INDEX; Schema: public; Owner: -

CREATE INDEX label_sets_of_holder ON public.label_sets USING btree (holder, holder_kind, state);

-- Name: label_sets_of_unit; Type: INDEX; Schema: public; Owner: -

CREATE INDEX label_sets_of_unit ON public.label_sets USING btree (unit_id, state);

-- Name: masters_by_hash; Type: INDEX; Schema: public; Owner: -

CREATE INDEX masters_by_hash ON public.masters USING btree (master_sha256);

-- Name: notices_failed; Type: INDEX; Schema: public; Owner: -

CREATE INDEX notices_failed ON public.notices USING btree (case_id) WHERE (state = 'failed'::text);

-- Name: notices_for_a_person; Type: INDEX; Schema: public; Owner: -

CREATE INDEX notices_for_a_person ON public.notices USING btree (decided_at) WHERE duty_due;

-- Name: notices_of_visit; Type: INDEX; Schema: public; Owner: -

CREATE INDEX notices_of_visit ON public.notices USING btree (visit_id, template);

-- Name: notices_sent; Type: INDEX; Schema: public; Owner: -

CREATE INDEX notices_sent ON public.notices USING btree (sent_at DESC) WHERE (state = 'sent'::text);

-- Name: notices_waiting; Type: INDEX; Schema: public; Owner: -

CREATE INDEX notices_waiting ON public.notices USING btree (next_at) WHERE (state = 'waiting'::text);

-- Name: one_bag_on_the_road_per_tag; Type: INDEX; Schema: public; Owner: -

CREATE UNIQUE INDEX one_bag_on_the_road_per_tag ON public.bags USING btree (tag) WHERE (received_at IS NULL);

-- Name: one_live_appointment_per_purpose; Type: INDEX; Schema: public; Owner: -

CREATE UNIQUE INDEX one_live_appointment_per_purpose ON public.appointments USING btree (case_id, purpose) WHERE live;

-- Name: one_live_case_per_dossier; Type: INDEX; Schema: public; Owner: -

CREATE UNIQUE INDEX one_live_case_per_dossier ON public.dossiers USING btree (code) WHERE live;

-- Name: one_open_shift_per_courier; Type: INDEX; Schema: public; Owner: -

CREATE UNIQUE INDEX one_open_shift_per_courier ON public.shifts USING btree (courier) WHERE (closed_at IS NULL);

-- Name: one_parcel_per_label; Type: INDEX; Schema: public; Owner: -

CREATE UNIQUE INDEX one_parcel_per_label ON public.parcels USING btree (label);

-- Name: one_seat_one_appointment; Type: INDEX; Schema: public; Owner: -

CREATE UNIQUE INDEX one_seat_one_appointment ON public.appointments USING btree (unit_id, day, time_window, seat) WHERE live;

-- Name: pages_changed; Type: INDEX; Schema: public; Owner: -

CREATE INDEX pages_changed ON public.pages USING btree (changed);

-- Name: pages_of_file; Type: INDEX; Schema: public; Owner: -

CREATE INDEX pages_of_file ON public.pages USING btree (file_sha256);

-- Name: pages_of_preview; Type: INDEX; Schema: public; Owner: -

CREATE INDEX pages_of_preview ON public.pages USING btree (preview_file_sha256) WHERE (preview_file_sha256 IS NOT NULL);

-- Name: papers_changed; Type: INDEX; Schema: public; Owner: -

CREATE INDEX papers_changed ON public.papers USING btree (changed);

-- Name: papers_of_holder; Type: INDEX; Schema: public; Owner: -

CREATE INDEX papers_of_holder ON public.papers USING btree (holder, holder_kind);

-- Name: parcels_changed; Type: INDEX; Schema: public; Owner: -

CREATE INDEX parcels_changed ON public.parcels USING btree (changed);

-- Name: parcels_of_holder; Type: INDEX; Schema: public; Owner: -

CREATE INDEX parcels_of_holder ON public.parcels USING btree (holder, holder_kind);

-- Name: parties_number; Type: INDEX; Schema: public; Owner: -

CREATE INDEX parties_number ON public.parties USING btree (number) WHERE (number IS NOT NULL);

-- Name: parties_old_number; Type: INDEX; Schema: public; Owner: -

CREATE INDEX parties_old_number ON public.parties USING btree (old_number) WHERE (old_number IS NOT NULL);

-- Name: parties_passport; Type: INDEX; Schema: public; Owner: -

CREATE INDEX parties_passport ON public.parties USING btree (passport) WHERE (passport IS NOT NULL);

-- Name: parties_tax_code; Type: INDEX; Schema: public; Owner: -

CREATE INDEX parties_tax_code ON public.parties USING btree (tax_code) WHERE (tax_code IS NOT NULL);

-- Name: payment_of_order_once_a_case; Type: INDEX; Schema: public; Owner: -

CREATE UNIQUE INDEX payment_of_order_once_a_case ON public.payments USING btree (order_id, case_id) WHERE (order_id IS NOT NULL);

-- Name: payments_by_reference; Type: INDEX; Schema: public; Owner: -

CREATE INDEX payments_by_reference ON public.payments USING btree (reference);

-- Name: payments_waiting; Type: INDEX; Schema: public; Owner: -

CREATE INDEX payments_waiting ON public.payments USING btree (shown_at) WHERE (state = ANY (ARRAY['waiting_transfer'::text, 'said_sent'::text]));

-- Name: people_by_badge_said; Type: INDEX; Schema: public; Owner: -

CREATE INDEX people_by_badge_said ON public.people USING btree (translate(badge, '.-'::text, ''::text));

-- Name: people_changed; Type: INDEX; Schema: public; Owner: -

CREATE INDEX people_changed ON public.people USING btree (changed);

-- Name: pgqueuer_ep_ea_idx; Type: INDEX; Schema: public; Owner: -

CREATE INDEX pgqueuer_ep_ea_idx ON public.pgqueuer USING btree (entrypoint, execute_after) WHERE (status = 'queued'::public.pgqueuer_status);

-- Name: pgqueuer_ep_prio_id_idx; Type: INDEX; Schema: public; Owner: -

CREATE INDEX pgqueuer_ep_prio_id_idx ON public.pgqueuer USING btree (entrypoint, priority DESC, id) WHERE (status = 'queued'::public.pgqueuer_status);

-- Name: pgqueuer_log_created; Type: INDEX; Schema: public; Owner: -

CREATE INDEX pgqueuer_log_created ON public.pgqueuer_log USING btree (created);

-- Name: pgqueuer_log_job_id_status; Type: INDEX; Schema: public; Owner: -

CREATE INDEX pgqueuer_log_job_id_status ON public.pgqueuer_log USING btree (job_id, created DESC);

-- Name: pgqueuer_log_not_aggregated; Type: INDEX; Schema: public; Owner: -

CREATE INDEX pgqueuer_log_not_aggregated ON public.pgqueuer_log USING btree ((1)) WHERE (NOT aggregated);

-- Name: pgqueuer_log_status; Type: INDEX; Schema: public; Owner: -

CREATE INDEX pgqueuer_log_status ON public.pgqueuer_log USING btree (status);

-- Name: pgqueuer_picked_heartbeat_idx; Type: INDEX; Schema: public; Owner: -

CREATE INDEX pgqueuer_picked_heartbeat_idx ON public.pgqueuer USING btree (heartbeat) WHERE (status = 'picked'::public.pgqueuer_status);

-- Name: pgqueuer_picked_slot_idx; Type: INDEX; Schema: public; Owner: -

CREATE UNIQUE INDEX pgqueuer_picked_slot_idx ON public.pgqueuer USING btree (entrypoint, slot) WHERE ((status = 'picked'::public.pgqueuer_status) AND (slot IS NOT NULL));

-- Name: pgqueuer_priority_id_id1_idx; Type: INDEX; Schema: public; Owner: -

CREATE INDEX pgqueuer_priority_id_id1_idx ON public.pgqueuer USING btree (priority, id DESC) INCLUDE (id) WHERE (status = 'queued'::public.pgqueuer_status);

-- Name: pgqueuer_queue_manager_id_idx; Type: INDEX; Schema: public; Owner: -

CREATE INDEX pgqueuer_queue_manager_id_idx ON public.pgqueuer USING btree (queue_manager_id) WHERE (queue_manager_id IS NOT NULL);

-- Name: pgqueuer_statistics_unique_count; Type: INDEX; Schema: public; Owner: -

CREATE UNIQUE INDEX pgqueuer_statistics_unique_count ON public.pgqueuer_statistics USING btree (priority, date_trunc('sec'::text, timezone('UTC'::text, created)), status, entrypoint);

-- Name: pgqueuer_unique_dedupe_key; Type: INDEX; Schema: public; Owner: -

CREATE UNIQUE INDEX pgqueuer_unique_dedupe_key ON public.pgqueuer USING btree (dedupe_key) WHERE ((status = ANY (ARRAY['queued'::public.pgqueuer_status, 'picked'::public.pgqueuer_status])) AND (dedupe_key IS NOT NULL));

-- Name: pgqueuer_updated_id_id1_idx; Type: INDEX; Schema: public; Owner: -

CREATE INDEX pgqueuer_updated_id_id1_idx ON public.pgqueuer USING btree (updated, id DESC) INCLUDE (id) WHERE (status = 'picked'::public.pgqueuer_status);

-- Name: presence_ended; Type: INDEX; Schema: public; Owner: -

CREATE INDEX presence_ended ON public.presence USING btree (ended_at);

-- Name: presence_of_courier; Type: INDEX; Schema: public; Owner: -

CREATE INDEX presence_of_courier ON public.presence USING btree (courier, ended_at);

-- Name: presence_sure; Type: INDEX; Schema: public; Owner: -

CREATE INDEX presence_sure ON public.presence USING btree ((
CASE outcome
    WHEN 'failed'::text THEN 'failed'::text
    ELSE purpose
END), graded_at) WHERE ((grade = 'green'::text) AND (lasted IS NOT NULL));

-- Name: procedure_versions_folded; Type: INDEX; Schema: public; Owner: -

CREATE INDEX procedure_versions_folded ON public.procedure_versions USING gin (folded public.gin_trgm_ops);

-- Name: push_subscriptions_of_token; Type: INDEX; Schema: public; Owner: -

CREATE INDEX push_subscriptions_of_token ON public.push_subscriptions USING btree (token_sha256);

-- Name: qualifications_of_person; Type: INDEX; Schema: public; Owner: -

CREATE INDEX qualifications_of_person ON public.qualifications USING btree (person_id);

-- Name: questions_asked; Type: INDEX; Schema: public; Owner: -

CREATE INDEX questions_asked ON public.questions USING btree (asked_at) WHERE (state = 'asked'::text);

-- Name: reference_blocks_of_maker; Type: INDEX; Schema: public; Owner: -

CREATE INDEX reference_blocks_of_maker ON public.reference_blocks USING btree (maker);

-- Name: refunds_open; Type: INDEX; Schema: public; Owner: -

CREATE INDEX refunds_open ON public.refunds USING btree (owner_unit, due_on) WHERE (state = ANY (ARRAY['due'::text, 'approved'::text]));

-- Name: replaced_pictures_of_file; Type: INDEX; Schema: public; Owner: -

CREATE INDEX replaced_pictures_of_file ON public.replaced_pictures USING btree (file_sha256);

-- Name: roles_held_at_unit; Type: INDEX; Schema: public; Owner: -

CREATE INDEX roles_held_at_unit ON public.roles_held USING btree (unit_id, role);

-- Name: roles_held_by_person; Type: INDEX; Schema: public; Owner: -

CREATE INDEX roles_held_by_person ON public.roles_held USING btree (person_id);

-- Name: roles_held_changed; Type: INDEX; Schema: public; Owner: -

CREATE INDEX roles_held_changed ON public.roles_held USING btree (changed);

-- Name: run_sheet_lines_waiting; Type: INDEX; Schema: public; Owner: -

CREATE INDEX run_sheet_lines_waiting ON public.run_sheet_lines USING btree (typed_at) WHERE (state = 'typed'::text);

-- Name: security_alarms_changed; Type: INDEX; Schema: public; Owner: -

CREATE INDEX security_alarms_changed ON public.security_alarms USING btree (changed);

-- Name: security_alarms_open; Type: INDEX; Schema: public; Owner: -

CREATE INDEX security_alarms_open ON public.security_alarms USING btree (raised_at) WHERE (cleared_at IS NULL);

-- Name: shifts_awaiting; Type: INDEX; Schema: public; Owner: -

CREATE INDEX shifts_awaiting ON public.shifts USING btree (shift_id) WHERE (state = 'provisional'::text);

-- Name: shifts_of_unit; Type: INDEX; Schema: public; Owner: -

CREATE INDEX shifts_of_unit ON public.shifts USING btree (unit_id, day DESC);

-- Name: sign_in_attempts_old; Type: INDEX; Schema: public; Owner: -

CREATE INDEX sign_in_attempts_old ON public.sign_in_attempts USING btree (last_at);

-- Name: slip_blocks_of_maker; Type: INDEX; Schema: public; Owner: -

CREATE INDEX slip_blocks_of_maker ON public.slip_blocks USING btree (maker);

-- Name: tracking_tokens_of_case; Type: INDEX; Schema: public; Owner: -

CREATE INDEX tracking_tokens_of_case ON public.tracking_tokens USING btree (case_id);

-- Name: unit_areas_of_commune; Type: INDEX; Schema: public; Owner: -

CREATE INDEX unit_areas_of_commune ON public.unit_areas USING btree (commune_code);

-- Name: unit_versions_folded; Type: INDEX; Schema: public; Owner: -

CREATE INDEX unit_versions_folded ON public.unit_versions USING gin (folded public.gin_trgm_ops);

-- Name: uploads_done; Type: INDEX; Schema: public; Owner: -

CREATE INDEX uploads_done ON public.uploads USING btree (done_at);

-- Name: urgings_answered; Type: INDEX; Schema: public; Owner: -

CREATE INDEX urgings_answered ON public.urgings USING btree (answered_at) WHERE (state = 'answered'::text);

-- Name: urgings_open; Type: INDEX; Schema: public; Owner: -

CREATE INDEX urgings_open ON public.urgings USING btree (answer_by) WHERE (state = 'urged'::text);

-- Name: visits_changed; Type: INDEX; Schema: public; Owner: -

CREATE INDEX visits_changed ON public.visits USING btree (changed);

-- Name: visits_not_at_home; Type: INDEX; Schema: public; Owner: -

CREATE INDEX visits_not_at_home ON public.visits USING btree (day) WHERE (place <> 'home'::text);

-- Name: visits_of_courier; Type: INDEX; Schema: public; Owner: -

CREATE INDEX visits_of_courier ON public.visits USING btree (courier, day);

-- Name: visits_of_unit; Type: INDEX; Schema: public; Owner: -

CREATE INDEX visits_of_unit ON public.visits USING btree (unit_id, day);

-- Name: appointments appointments_touch; Type: TRIGGER; Schema: public; Owner: -

CREATE TRIGGER appointments_touch BEFORE UPDATE ON public.appointments FOR EACH ROW EXECUTE FUNCTION public.touch();

-- Name: bag_parcels bag_parcels_touch; Type: TRIGGER; Schema: public; Owner: -

CREATE TRIGGER bag_parcels_touch BEFORE UPDATE ON public.bag_parcels FOR EACH ROW EXECUTE FUNCTION public.touch();

-- Name: bags bags_touch; Type: TRIGGER; Schema: public; Owner: -

CREATE TRIGGER bags_touch BEFORE UPDATE ON public.bags FOR EACH ROW EXECUTE FUNCTION public.touch();

-- Name: balances balances_touch; Type: TRIGGER; Schema: public; Owner: -

CREATE TRIGGER balances_touch BEFORE UPDATE ON public.balances FOR EACH ROW EXECUTE FUNCTION public.touch();

-- Name: bank_credits bank_credits_touch; Type: TRIGGER; Schema: public; Owner: -

CREATE TRIGGER bank_credits_touch BEFORE UPDATE ON public.bank_credits FOR EACH ROW EXECUTE FUNCTION public.touch();

-- Name: bundle bundle_touch; Type: TRIGGER; Schema: public; Owner: -

CREATE TRIGGER bundle_touch BEFORE UPDATE ON public.bundle FOR EACH ROW EXECUTE FUNCTION public.touch();

-- Name: call_backs call_backs_touch; Type: TRIGGER; Schema: public; Owner: -

CREATE TRIGGER call_backs_touch BEFORE UPDATE ON public.call_backs FOR EACH ROW EXECUTE FUNCTION public.touch();

-- Name: case_units case_units_learn; Type: TRIGGER; Schema: public; Owner: -

CREATE TRIGGER case_units_learn BEFORE INSERT ON public.case_units FOR EACH ROW EXECUTE FUNCTION public.unit_learns_of_case();

-- Name: case_visits case_visits_touch; Type: TRIGGER; Schema: public; Owner: -

CREATE TRIGGER case_visits_touch BEFORE UPDATE ON public.case_visits FOR EACH ROW EXECUTE FUNCTION public.touch();

-- Name: cases cases_tell; Type: TRIGGER; Schema: public; Owner: -

CREATE TRIGGER cases_tell AFTER UPDATE OF state ON public.cases FOR EACH ROW WHEN ((old.state <> new.state)) EXECUTE FUNCTION public.case_tells_its_units();

-- Name: cases cases_touch; Type: TRIGGER; Schema: public; Owner: -

CREATE TRIGGER cases_touch BEFORE UPDATE ON public.cases FOR EACH ROW EXECUTE FUNCTION public.touch();

-- Name: charges charges_touch; Type: TRIGGER; Schema: public; Owner: -

CREATE TRIGGER charges_touch BEFORE UPDATE ON public.charges FOR EACH ROW EXECUTE FUNCTION public.touch();

-- Name: collections collections_touch; Type: TRIGGER; Schema: public; Owner: -

CREATE TRIGGER collections_touch BEFORE UPDATE ON public.collections FOR EACH ROW EXECUTE FUNCTION public.touch();

-- Name: communes communes_close; Type: TRIGGER; Schema: public; Owner: -

CREATE TRIGGER communes_close BEFORE UPDATE ON public.communes FOR EACH ROW EXECUTE FUNCTION public.only_closes();

-- Name: communes communes_touch; Type: TRIGGER; Schema: public; Owner: -

CREATE TRIGGER communes_touch BEFORE UPDATE ON public.communes FOR EACH ROW EXECUTE FUNCTION public.touch();

-- Name: competence_gates competence_gates_close; Type: TRIGGER; Schema: public; Owner: -

CREATE TRIGGER competence_gates_close BEFORE UPDATE ON public.competence_gates FOR EACH ROW EXECUTE FUNCTION public.only_closes();

-- Name: competence_gates competence_gates_touch; Type: TRIGGER; Schema: public; Owner: -

CREATE TRIGGER competence_gates_touch BEFORE UPDATE ON public.competence_gates FOR EACH ROW EXECUTE FUNCTION public.touch();

-- Name: consents consents_touch; Type: TRIGGER; Schema: public; Owner: -

CREATE TRIGGER consents_touch BEFORE UPDATE ON public.consents FOR EACH ROW EXECUTE FUNCTION public.touch();

-- Name: contacts contacts_touch; Type: TRIGGER; Schema: public; Owner: -

CREATE TRIGGER contacts_touch BEFORE UPDATE ON public.contacts FOR EACH ROW EXECUTE FUNCTION public.touch();

-- Name: devices devices_touch; Type: TRIGGER; Schema: public; Owner: -

CREATE TRIGGER devices_touch BEFORE UPDATE ON public.devices FOR EACH ROW EXECUTE FUNCTION public.touch();

-- Name: digitisation_stages digitisation_stages_close; Type: TRIGGER; Schema: public; Owner: -

CREATE TRIGGER digitisation_stages_close BEFORE UPDATE ON public.digitisation_stages FOR EACH ROW EXECUTE FUNCTION public.only_closes();

-- Name: digitisation_stages digitisation_stages_touch; Type: TRIGGER; Schema: public; Owner: -

CREATE TRIGGER digitisation_stages_touch BEFORE UPDATE ON public.digitisation_stages FOR EACH ROW EXECUTE FUNCTION public.touch();

-- Name: districts districts_close; Type: TRIGGER; Schema: public; Owner: -

CREATE TRIGGER districts_close BEFORE UPDATE ON public.districts FOR EACH ROW EXECUTE FUNCTION public.only_closes();

-- Name: districts districts_touch; Type: TRIGGER; Schema: public; Owner: -

CREATE TRIGGER districts_touch BEFORE UPDATE ON public.districts FOR EACH ROW EXECUTE FUNCTION public.touch();

-- Name: dossiers dossiers_touch; Type: TRIGGER; Schema: public; Owner: -

CREATE TRIGGER dossiers_touch BEFORE UPDATE ON public.dossiers FOR EACH ROW EXECUTE FUNCTION public.touch();

-- Name: duties duties_touch; Type: TRIGGER; Schema: public; Owner: -

CREATE TRIGGER duties_touch BEFORE UPDATE ON public.duties FOR EACH ROW EXECUTE FUNCTION public.touch();

-- Name: exceptions exceptions_touch; Type: TRIGGER; Schema: public; Owner: -

CREATE TRIGGER exceptions_touch BEFORE UPDATE ON public.exceptions FOR EACH ROW EXECUTE FUNCTION public.touch();

-- Name: files files_touch; Type: TRIGGER; Schema: public; Owner: -

CREATE TRIGGER files_touch BEFORE UPDATE ON public.files FOR EACH ROW EXECUTE FUNCTION public.touch();

-- Name: former_contacts former_contacts_touch; Type: TRIGGER; Schema: public; Owner: -

CREATE TRIGGER former_contacts_touch BEFORE UPDATE ON public.former_contacts FOR EACH ROW EXECUTE FUNCTION public.touch();

-- Name: hand_overs hand_overs_touch; Type: TRIGGER; Schema: public; Owner: -

CREATE TRIGGER hand_overs_touch BEFORE UPDATE ON public.hand_overs FOR EACH ROW EXECUTE FUNCTION public.touch();

-- Name: inbox inbox_touch; Type: TRIGGER; Schema: public; Owner: -

CREATE TRIGGER inbox_touch BEFORE UPDATE ON public.inbox FOR EACH ROW EXECUTE FUNCTION public.touch();

-- Name: incident_things incident_things_touch; Type: TRIGGER; Schema: public; Owner: -

CREATE TRIGGER incident_things_touch BEFORE UPDATE ON public.incident_things FOR EACH ROW EXECUTE FUNCTION public.touch();

-- Name: incidents incidents_touch; Type: TRIGGER; Schema: public; Owner: -

CREATE TRIGGER incidents_touch BEFORE UPDATE ON public.incidents FOR EACH ROW EXECUTE FUNCTION public.touch();

-- Name: label_sets label_sets_touch; Type: TRIGGER; Schema: public; Owner: -

CREATE TRIGGER label_sets_touch BEFORE UPDATE ON public.label_sets FOR EACH ROW EXECUTE FUNCTION public.touch();

-- Name: lead_units lead_units_close; Type: TRIGGER; Schema: public; Owner: -

CREATE TRIGGER lead_units_close BEFORE UPDATE ON public.lead_units FOR EACH ROW EXECUTE FUNCTION public.only_closes();

-- Name: lead_units lead_units_touch; Type: TRIGGER; Schema: public; Owner: -

CREATE TRIGGER lead_units_touch BEFORE UPDATE ON public.lead_units FOR EACH ROW EXECUTE FUNCTION public.touch();

-- Name: mandates mandates_touch; Type: TRIGGER; Schema: public; Owner: -

CREATE TRIGGER mandates_touch BEFORE UPDATE ON public.mandates FOR EACH ROW EXECUTE FUNCTION public.touch();

-- Name: notices_shown notices_shown_touch; Type: TRIGGER; Schema: public; Owner: -

CREATE TRIGGER notices_shown_touch BEFORE UPDATE ON public.notices_shown FOR EACH ROW EXECUTE FUNCTION public.touch();

-- Name: notices notices_touch; Type: TRIGGER; Schema: public; Owner: -

CREATE TRIGGER notices_touch BEFORE UPDATE ON public.notices FOR EACH ROW EXECUTE FUNCTION public.touch();

-- Name: pages pages_touch; Type: TRIGGER; Schema: public; Owner: -

CREATE TRIGGER pages_touch BEFORE UPDATE ON public.pages FOR EACH ROW EXECUTE FUNCTION public.touch();

-- Name: papers papers_touch; Type: TRIGGER; Schema: public; Owner: -

CREATE TRIGGER papers_touch BEFORE UPDATE ON public.papers FOR EACH ROW EXECUTE FUNCTION public.touch();

-- Name: parcels parcels_touch; Type: TRIGGER; Schema: public; Owner: -

CREATE TRIGGER parcels_touch BEFORE UPDATE ON public.parcels FOR EACH ROW EXECUTE FUNCTION public.touch();

-- Name: parties parties_touch; Type: TRIGGER; Schema: public; Owner: -

CREATE TRIGGER parties_touch BEFORE UPDATE ON public.parties FOR EACH ROW EXECUTE FUNCTION public.touch();

-- Name: payee_accounts payee_accounts_only_close; Type: TRIGGER; Schema: public; Owner: -

CREATE TRIGGER payee_accounts_only_close BEFORE UPDATE ON public.payee_accounts FOR EACH ROW EXECUTE FUNCTION public.only_closes();

-- Name: payments payments_touch; Type: TRIGGER; Schema: public; Owner: -

CREATE TRIGGER payments_touch BEFORE UPDATE ON public.payments FOR EACH ROW EXECUTE FUNCTION public.touch();

-- Name: people people_touch; Type: TRIGGER; Schema: public; Owner: -

CREATE TRIGGER people_touch BEFORE UPDATE ON public.people FOR EACH ROW EXECUTE FUNCTION public.touch();

-- Name: presence presence_touch; Type: TRIGGER; Schema: public; Owner: -

CREATE TRIGGER presence_touch BEFORE UPDATE ON public.presence FOR EACH ROW EXECUTE FUNCTION public.touch();

-- Name: procedure_versions procedure_versions_close; Type: TRIGGER; Schema: public; Owner: -

CREATE TRIGGER procedure_versions_close BEFORE UPDATE ON public.procedure_versions FOR EACH ROW EXECUTE FUNCTION public.only_closes();

-- Name: procedure_versions procedure_versions_touch; Type: TRIGGER; Schema: public; Owner: -

CREATE TRIGGER procedure_versions_touch BEFORE UPDATE ON public.procedure_versions FOR EACH ROW EXECUTE FUNCTION public.touch();

-- Name: provinces provinces_close; Type: TRIGGER; Schema: public; Owner: -

CREATE TRIGGER provinces_close BEFORE UPDATE ON public.provinces FOR EACH ROW EXECUTE FUNCTION public.only_closes();

-- Name: provinces provinces_touch; Type: TRIGGER; Schema: public; Owner: -

CREATE TRIGGER provinces_touch BEFORE UPDATE ON public.provinces FOR EACH ROW EXECUTE FUNCTION public.touch();

-- Name: public_days public_days_close; Type: TRIGGER; Schema: public; Owner: -

CREATE TRIGGER public_days_close BEFORE UPDATE ON public.public_days FOR EACH ROW EXECUTE FUNCTION public.only_closes();

-- Name: public_days public_days_touch; Type: TRIGGER; Schema: public; Owner: -

CREATE TRIGGER public_days_touch BEFORE UPDATE ON public.public_days FOR EACH ROW EXECUTE FUNCTION public.touch();

-- Name: qualifications qualifications_touch; Type: TRIGGER; Schema: public; Owner: -

CREATE TRIGGER qualifications_touch BEFORE UPDATE ON public.qualifications FOR EACH ROW EXECUTE FUNCTION public.touch();

-- Name: questions questions_touch; Type: TRIGGER; Schema: public; Owner: -

CREATE TRIGGER questions_touch BEFORE UPDATE ON public.questions FOR EACH ROW EXECUTE FUNCTION public.touch();

-- Name: readings readings_touch; Type: TRIGGER; Schema: public; Owner: -

CREATE TRIGGER readings_touch BEFORE UPDATE ON public.readings FOR EACH ROW EXECUTE FUNCTION public.touch();

-- Name: refunds refunds_touch; Type: TRIGGER; Schema: public; Owner: -

CREATE TRIGGER refunds_touch BEFORE UPDATE ON public.refunds FOR EACH ROW EXECUTE FUNCTION public.touch();

-- Name: registrations registrations_touch; Type: TRIGGER; Schema: public; Owner: -

CREATE TRIGGER registrations_touch BEFORE UPDATE ON public.registrations FOR EACH ROW EXECUTE FUNCTION public.touch();

-- Name: roles_held roles_held_touch; Type: TRIGGER; Schema: public; Owner: -

CREATE TRIGGER roles_held_touch BEFORE UPDATE ON public.roles_held FOR EACH ROW EXECUTE FUNCTION public.touch();

-- Name: run_sheet_lines run_sheet_lines_touch; Type: TRIGGER; Schema: public; Owner: -

CREATE TRIGGER run_sheet_lines_touch BEFORE UPDATE ON public.run_sheet_lines FOR EACH ROW EXECUTE FUNCTION public.touch();

-- Name: same_level_posts same_level_posts_close; Type: TRIGGER; Schema: public; Owner: -

CREATE TRIGGER same_level_posts_close BEFORE UPDATE ON public.same_level_posts FOR EACH ROW EXECUTE FUNCTION public.only_closes();

-- Name: same_level_posts same_level_posts_touch; Type: TRIGGER; Schema: public; Owner: -

CREATE TRIGGER same_level_posts_touch BEFORE UPDATE ON public.same_level_posts FOR EACH ROW EXECUTE FUNCTION public.touch();

-- Name: security_alarms security_alarms_touch; Type: TRIGGER; Schema: public; Owner: -

CREATE TRIGGER security_alarms_touch BEFORE UPDATE ON public.security_alarms FOR EACH ROW EXECUTE FUNCTION public.touch();

-- Name: shifts shifts_touch; Type: TRIGGER; Schema: public; Owner: -

CREATE TRIGGER shifts_touch BEFORE UPDATE ON public.shifts FOR EACH ROW EXECUTE FUNCTION public.touch();

-- Name: signatures signatures_touch; Type: TRIGGER; Schema: public; Owner: -

CREATE TRIGGER signatures_touch BEFORE UPDATE ON public.signatures FOR EACH ROW EXECUTE FUNCTION public.touch();

-- Name: subjects subjects_touch; Type: TRIGGER; Schema: public; Owner: -

CREATE TRIGGER subjects_touch BEFORE UPDATE ON public.subjects FOR EACH ROW EXECUTE FUNCTION public.touch();

-- Name: entries transfer_sums_to_zero; Type: TRIGGER; Schema: public; Owner: -

CREATE CONSTRAINT TRIGGER transfer_sums_to_zero AFTER INSERT ON public.entries DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION public.entries_sum_to_zero();

-- Name: unit_areas unit_areas_close; Type: TRIGGER; Schema: public; Owner: -

CREATE TRIGGER unit_areas_close BEFORE UPDATE ON public.unit_areas FOR EACH ROW EXECUTE FUNCTION public.only_closes();

-- Name: unit_areas unit_areas_touch; Type: TRIGGER; Schema: public; Owner: -

CREATE TRIGGER unit_areas_touch BEFORE UPDATE ON public.unit_areas FOR EACH ROW EXECUTE FUNCTION public.touch();

-- Name: unit_days unit_days_close; Type: TRIGGER; Schema: public; Owner: -

CREATE TRIGGER unit_days_close BEFORE UPDATE ON public.unit_days FOR EACH ROW EXECUTE FUNCTION public.only_closes();

-- Name: unit_days unit_days_touch; Type: TRIGGER; Schema: public; Owner: -

CREATE TRIGGER unit_days_touch BEFORE UPDATE ON public.unit_days FOR EACH ROW EXECUTE FUNCTION public.touch();

-- Name: unit_hours unit_hours_close; Type: TRIGGER; Schema: public; Owner: -

CREATE TRIGGER unit_hours_close BEFORE UPDATE ON public.unit_hours FOR EACH ROW EXECUTE FUNCTION public.only_closes();

-- Name: unit_hours unit_hours_touch; Type: TRIGGER; Schema: public; Owner: -

CREATE TRIGGER unit_hours_touch BEFORE UPDATE ON public.unit_hours FOR EACH ROW EXECUTE FUNCTION public.touch();

-- Name: unit_stages unit_stages_close; Type: TRIGGER; Schema: public; Owner: -

CREATE TRIGGER unit_stages_close BEFORE UPDATE ON public.unit_stages FOR EACH ROW EXECUTE FUNCTION public.only_closes();

-- Name: unit_stages unit_stages_touch; Type: TRIGGER; Schema: public; Owner: -

CREATE TRIGGER unit_stages_touch BEFORE UPDATE ON public.unit_stages FOR EACH ROW EXECUTE FUNCTION public.touch();

-- Name: unit_versions unit_versions_close; Type: TRIGGER; Schema: public; Owner: -

CREATE TRIGGER unit_versions_close BEFORE UPDATE ON public.unit_versions FOR EACH ROW EXECUTE FUNCTION public.only_closes();

-- Name: unit_versions unit_versions_touch; Type: TRIGGER; Schema: public; Owner: -

CREATE TRIGGER unit_versions_touch BEFORE UPDATE ON public.unit_versions FOR EACH ROW EXECUTE FUNCTION public.touch();

-- Name: urgings urgings_touch; Type: TRIGGER; Schema: public; Owner: -

CREATE TRIGGER urgings_touch BEFORE UPDATE ON public.urgings FOR EACH ROW EXECUTE FUNCTION public.touch();

-- Name: visits visits_touch; Type: TRIGGER; Schema: public; Owner: -

CREATE TRIGGER visits_touch BEFORE UPDATE ON public.visits FOR EACH ROW EXECUTE FUNCTION public.touch();

-- Name: acts act_of_a_subject; Type: FK CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.acts
    ADD CONSTRAINT act_of_a_subject FOREIGN KEY (subject_id, subject_kind) REFERENCES public.subjects(id, kind);

-- Name: appointments appointments_case_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.appointments
    ADD CONSTRAINT appointments_case_id_fkey FOREIGN KEY (case_id) REFERENCES public.cases(case_id);

-- Name: appointments appointments_unit_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.appointments
    ADD CONSTRAINT appointments_unit_id_fkey FOREIGN KEY (unit_id) REFERENCES public.units(id);

-- Name: appointments appointments_visit_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.appointments
    ADD CONSTRAINT appointments_visit_id_fkey FOREIGN KEY (visit_id) REFERENCES public.visits(visit_id);

-- Name: bag_parcels bag_parcel_is_one; Type: FK CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.bag_parcels
    ADD CONSTRAINT bag_parcel_is_one FOREIGN KEY (case_id, parcel_id) REFERENCES public.parcels(case_id, parcel_id);

-- Name: bag_parcels bag_parcels_bag_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.bag_parcels
    ADD CONSTRAINT bag_parcels_bag_id_fkey FOREIGN KEY (bag_id) REFERENCES public.bags(bag_id);

-- Name: bags bags_giver_signed_by_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.bags
    ADD CONSTRAINT bags_giver_signed_by_fkey FOREIGN KEY (giver_signed_by) REFERENCES public.people(id);

-- Name: bags bags_received_by_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.bags
    ADD CONSTRAINT bags_received_by_fkey FOREIGN KEY (received_by) REFERENCES public.people(id);

-- Name: bags bags_receiver_signed_by_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.bags
    ADD CONSTRAINT bags_receiver_signed_by_fkey FOREIGN KEY (receiver_signed_by) REFERENCES public.people(id);

-- Name: bags bags_settled_by_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.bags
    ADD CONSTRAINT bags_settled_by_fkey FOREIGN KEY (settled_by) REFERENCES public.people(id);

-- Name: bags bags_to_unit_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.bags
    ADD CONSTRAINT bags_to_unit_fkey FOREIGN KEY (to_unit) REFERENCES public.units(id);

-- Name: bags bags_unit_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.bags
    ADD CONSTRAINT bags_unit_id_fkey FOREIGN KEY (unit_id) REFERENCES public.units(id);

-- Name: bank_credits bank_credit_of_payment; Type: FK CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.bank_credits
    ADD CONSTRAINT bank_credit_of_payment FOREIGN KEY (case_id, payment_id) REFERENCES public.payments(case_id, payment_id);

-- Name: bank_credits bank_credit_part_of; Type: FK CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.bank_credits
    ADD CONSTRAINT bank_credit_part_of FOREIGN KEY (part_of) REFERENCES public.bank_credits(credit_id);

-- Name: bank_credits bank_credits_account_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.bank_credits
    ADD CONSTRAINT bank_credits_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.payee_accounts(id);

-- Name: bank_credits bank_credits_unit_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.bank_credits
    ADD CONSTRAINT bank_credits_unit_id_fkey FOREIGN KEY (unit_id) REFERENCES public.units(id);

-- Name: bundle bundle_case_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.bundle
    ADD CONSTRAINT bundle_case_id_fkey FOREIGN KEY (case_id) REFERENCES public.cases(case_id);

-- Name: bundle bundle_person_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.bundle
    ADD CONSTRAINT bundle_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.people(id);

-- Name: bundle bundle_visit_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.bundle
    ADD CONSTRAINT bundle_visit_id_fkey FOREIGN KEY (visit_id) REFERENCES public.visits(visit_id);

-- Name: call_backs call_backs_case_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.call_backs
    ADD CONSTRAINT call_backs_case_id_fkey FOREIGN KEY (case_id) REFERENCES public.cases(case_id);

-- Name: call_backs call_backs_visit_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.call_backs
    ADD CONSTRAINT call_backs_visit_id_fkey FOREIGN KEY (visit_id) REFERENCES public.visits(visit_id);

-- Name: card_look_ups card_look_ups_person_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.card_look_ups
    ADD CONSTRAINT card_look_ups_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.people(id);

-- Name: cases case_goes_on_in_another; Type: FK CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.cases
    ADD CONSTRAINT case_goes_on_in_another FOREIGN KEY (merged_into) REFERENCES public.cases(case_id);

-- Name: case_units case_units_case_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.case_units
    ADD CONSTRAINT case_units_case_id_fkey FOREIGN KEY (case_id) REFERENCES public.cases(case_id);

-- Name: case_units case_units_unit_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.case_units
    ADD CONSTRAINT case_units_unit_id_fkey FOREIGN KEY (unit_id) REFERENCES public.units(id);

-- Name: case_visits case_visits_case_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.case_visits
    ADD CONSTRAINT case_visits_case_id_fkey FOREIGN KEY (case_id) REFERENCES public.cases(case_id);

-- Name: case_visits case_visits_visit_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.case_visits
    ADD CONSTRAINT case_visits_visit_id_fkey FOREIGN KEY (visit_id) REFERENCES public.visits(visit_id);

-- Name: cases cases_checked_by_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.cases
    ADD CONSTRAINT cases_checked_by_fkey FOREIGN KEY (checked_by) REFERENCES public.people(id);

-- Name: cases cases_competent_unit_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.cases
    ADD CONSTRAINT cases_competent_unit_fkey FOREIGN KEY (competent_unit) REFERENCES public.units(id);

-- Name: cases cases_handling_unit_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.cases
    ADD CONSTRAINT cases_handling_unit_fkey FOREIGN KEY (handling_unit) REFERENCES public.units(id);

-- Name: cases cases_supporting_unit_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.cases
    ADD CONSTRAINT cases_supporting_unit_fkey FOREIGN KEY (supporting_unit) REFERENCES public.units(id);

-- Name: charges charges_case_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.charges
    ADD CONSTRAINT charges_case_id_fkey FOREIGN KEY (case_id) REFERENCES public.cases(case_id);

-- Name: collections collections_case_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.collections
    ADD CONSTRAINT collections_case_id_fkey FOREIGN KEY (case_id) REFERENCES public.cases(case_id);

-- Name: collections collections_courier_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.collections
    ADD CONSTRAINT collections_courier_fkey FOREIGN KEY (courier) REFERENCES public.people(id);

-- Name: collections collections_visit_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.collections
    ADD CONSTRAINT collections_visit_id_fkey FOREIGN KEY (visit_id) REFERENCES public.visits(visit_id);

-- Name: competence_gates competence_gates_set_by_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.competence_gates
    ADD CONSTRAINT competence_gates_set_by_fkey FOREIGN KEY (set_by) REFERENCES public.people(id);

-- Name: competence_gates competence_gates_unit_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.competence_gates
    ADD CONSTRAINT competence_gates_unit_id_fkey FOREIGN KEY (unit_id) REFERENCES public.units(id);

-- Name: component_files component_file_of_a_case; Type: FK CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.component_files
    ADD CONSTRAINT component_file_of_a_case FOREIGN KEY (case_id) REFERENCES public.cases(case_id);

-- Name: consents consents_case_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.consents
    ADD CONSTRAINT consents_case_id_fkey FOREIGN KEY (case_id) REFERENCES public.cases(case_id);

-- Name: consents consents_visit_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.consents
    ADD CONSTRAINT consents_visit_id_fkey FOREIGN KEY (visit_id) REFERENCES public.visits(visit_id);

-- Name: contacts contacts_case_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.contacts
    ADD CONSTRAINT contacts_case_id_fkey FOREIGN KEY (case_id) REFERENCES public.cases(case_id);

-- Name: courier_checks courier_checks_asked_by_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.courier_checks
    ADD CONSTRAINT courier_checks_asked_by_fkey FOREIGN KEY (asked_by) REFERENCES public.people(id);

-- Name: courier_checks courier_checks_courier_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.courier_checks
    ADD CONSTRAINT courier_checks_courier_fkey FOREIGN KEY (courier) REFERENCES public.people(id);

-- Name: desk_sessions desk_sessions_person_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.desk_sessions
    ADD CONSTRAINT desk_sessions_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.people(id);

-- Name: devices device_lent_from_a_device; Type: FK CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.devices
    ADD CONSTRAINT device_lent_from_a_device FOREIGN KEY (lent_from) REFERENCES public.devices(id);

-- Name: device_sessions device_sessions_device_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.device_sessions
    ADD CONSTRAINT device_sessions_device_id_fkey FOREIGN KEY (device_id) REFERENCES public.devices(id);

-- Name: device_sessions device_sessions_person_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.device_sessions
    ADD CONSTRAINT device_sessions_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.people(id);

-- Name: devices devices_enrolled_by_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.devices
    ADD CONSTRAINT devices_enrolled_by_fkey FOREIGN KEY (enrolled_by) REFERENCES public.people(id);

-- Name: devices devices_lost_by_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.devices
    ADD CONSTRAINT devices_lost_by_fkey FOREIGN KEY (lost_by) REFERENCES public.people(id);

-- Name: devices devices_person_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.devices
    ADD CONSTRAINT devices_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.people(id);

-- Name: devices devices_revoked_by_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.devices
    ADD CONSTRAINT devices_revoked_by_fkey FOREIGN KEY (revoked_by) REFERENCES public.people(id);

-- Name: devices devices_unit_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.devices
    ADD CONSTRAINT devices_unit_id_fkey FOREIGN KEY (unit_id) REFERENCES public.units(id);

-- Name: digitisation_stages digitisation_stages_set_by_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.digitisation_stages
    ADD CONSTRAINT digitisation_stages_set_by_fkey FOREIGN KEY (set_by) REFERENCES public.people(id);

-- Name: digitisation_stages digitisation_stages_unit_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.digitisation_stages
    ADD CONSTRAINT digitisation_stages_unit_id_fkey FOREIGN KEY (unit_id) REFERENCES public.units(id);

-- Name: dossiers dossiers_case_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.dossiers
    ADD CONSTRAINT dossiers_case_id_fkey FOREIGN KEY (case_id) REFERENCES public.cases(case_id);

-- Name: dossiers dossiers_receipt_by_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.dossiers
    ADD CONSTRAINT dossiers_receipt_by_fkey FOREIGN KEY (receipt_by) REFERENCES public.people(id);

-- Name: duties duties_case_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.duties
    ADD CONSTRAINT duties_case_id_fkey FOREIGN KEY (case_id) REFERENCES public.cases(case_id);

-- Name: enrolment_codes enrolment_codes_device_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.enrolment_codes
    ADD CONSTRAINT enrolment_codes_device_id_fkey FOREIGN KEY (device_id) REFERENCES public.devices(id);

-- Name: enrolment_codes enrolment_codes_made_by_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.enrolment_codes
    ADD CONSTRAINT enrolment_codes_made_by_fkey FOREIGN KEY (made_by) REFERENCES public.people(id);

-- Name: enrolment_codes enrolment_codes_person_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.enrolment_codes
    ADD CONSTRAINT enrolment_codes_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.people(id);

-- Name: enrolment_codes enrolment_codes_session_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.enrolment_codes
    ADD CONSTRAINT enrolment_codes_session_id_fkey FOREIGN KEY (session_id) REFERENCES public.device_sessions(id);

-- Name: enrolment_codes enrolment_codes_unit_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.enrolment_codes
    ADD CONSTRAINT enrolment_codes_unit_id_fkey FOREIGN KEY (unit_id) REFERENCES public.units(id);

-- Name: former_contacts former_contacts_case_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.former_contacts
    ADD CONSTRAINT former_contacts_case_id_fkey FOREIGN KEY (case_id) REFERENCES public.cases(case_id);

-- Name: hand_overs hand_overs_case_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.hand_overs
    ADD CONSTRAINT hand_overs_case_id_fkey FOREIGN KEY (case_id) REFERENCES public.cases(case_id);

-- Name: house_marks house_marks_case_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.house_marks
    ADD CONSTRAINT house_marks_case_id_fkey FOREIGN KEY (case_id) REFERENCES public.cases(case_id);

-- Name: incident_things incident_things_case_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.incident_things
    ADD CONSTRAINT incident_things_case_id_fkey FOREIGN KEY (case_id) REFERENCES public.cases(case_id);

-- Name: incident_things incident_things_incident_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.incident_things
    ADD CONSTRAINT incident_things_incident_id_fkey FOREIGN KEY (incident_id) REFERENCES public.incidents(incident_id);

-- Name: incidents incidents_helped_by_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.incidents
    ADD CONSTRAINT incidents_helped_by_fkey FOREIGN KEY (helped_by) REFERENCES public.units(id);

-- Name: incidents incidents_reported_unit_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.incidents
    ADD CONSTRAINT incidents_reported_unit_fkey FOREIGN KEY (reported_unit) REFERENCES public.units(id);

-- Name: incidents incidents_unit_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.incidents
    ADD CONSTRAINT incidents_unit_id_fkey FOREIGN KEY (unit_id) REFERENCES public.units(id);

-- Name: invitations invitations_case_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.invitations
    ADD CONSTRAINT invitations_case_id_fkey FOREIGN KEY (case_id) REFERENCES public.cases(case_id);

-- Name: invitations invitations_invited_by_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.invitations
    ADD CONSTRAINT invitations_invited_by_fkey FOREIGN KEY (invited_by) REFERENCES public.people(id);

-- Name: label_sets label_set_of_parcel; Type: FK CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.label_sets
    ADD CONSTRAINT label_set_of_parcel FOREIGN KEY (case_id, parcel_id) REFERENCES public.parcels(case_id, parcel_id);

-- Name: label_sets label_sets_unit_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.label_sets
    ADD CONSTRAINT label_sets_unit_id_fkey FOREIGN KEY (unit_id) REFERENCES public.units(id);

-- Name: lead_units lead_units_unit_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.lead_units
    ADD CONSTRAINT lead_units_unit_id_fkey FOREIGN KEY (unit_id) REFERENCES public.units(id);

-- Name: mandates mandates_case_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.mandates
    ADD CONSTRAINT mandates_case_id_fkey FOREIGN KEY (case_id) REFERENCES public.cases(case_id);

-- Name: masters master_of_a_file; Type: FK CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.masters
    ADD CONSTRAINT master_of_a_file FOREIGN KEY (file_sha256) REFERENCES public.files(sha256);

-- Name: notices notices_case_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.notices
    ADD CONSTRAINT notices_case_id_fkey FOREIGN KEY (case_id) REFERENCES public.cases(case_id);

-- Name: notices_shown notices_shown_case_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.notices_shown
    ADD CONSTRAINT notices_shown_case_id_fkey FOREIGN KEY (case_id) REFERENCES public.cases(case_id);

-- Name: notices_shown notices_shown_visit_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.notices_shown
    ADD CONSTRAINT notices_shown_visit_id_fkey FOREIGN KEY (visit_id) REFERENCES public.visits(visit_id);

-- Name: pages page_of_a_case; Type: FK CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.pages
    ADD CONSTRAINT page_of_a_case FOREIGN KEY (case_id) REFERENCES public.cases(case_id);

-- Name: papers paper_goes_with_a_case; Type: FK CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.papers
    ADD CONSTRAINT paper_goes_with_a_case FOREIGN KEY (goes_with) REFERENCES public.cases(case_id);

-- Name: papers paper_in_a_parcel; Type: FK CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.papers
    ADD CONSTRAINT paper_in_a_parcel FOREIGN KEY (case_id, parcel_id) REFERENCES public.parcels(case_id, parcel_id);

-- Name: papers papers_case_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.papers
    ADD CONSTRAINT papers_case_id_fkey FOREIGN KEY (case_id) REFERENCES public.cases(case_id);

-- Name: parcels parcels_case_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.parcels
    ADD CONSTRAINT parcels_case_id_fkey FOREIGN KEY (case_id) REFERENCES public.cases(case_id);

-- Name: parties parties_case_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.parties
    ADD CONSTRAINT parties_case_id_fkey FOREIGN KEY (case_id) REFERENCES public.cases(case_id);

-- Name: passwords passwords_person_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.passwords
    ADD CONSTRAINT passwords_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.people(id);

-- Name: payee_accounts payee_accounts_unit_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.payee_accounts
    ADD CONSTRAINT payee_accounts_unit_id_fkey FOREIGN KEY (unit_id) REFERENCES public.units(id);

-- Name: payments payments_account_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.payments
    ADD CONSTRAINT payments_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.payee_accounts(id);

-- Name: payments payments_case_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.payments
    ADD CONSTRAINT payments_case_id_fkey FOREIGN KEY (case_id) REFERENCES public.cases(case_id);

-- Name: payments payments_visit_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.payments
    ADD CONSTRAINT payments_visit_id_fkey FOREIGN KEY (visit_id) REFERENCES public.visits(visit_id);

-- Name: personal personal_key_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.personal
    ADD CONSTRAINT personal_key_id_fkey FOREIGN KEY (key_id) REFERENCES public.data_keys(id);

-- Name: personal personal_of_an_act; Type: FK CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.personal
    ADD CONSTRAINT personal_of_an_act FOREIGN KEY (made_by, act_id) REFERENCES public.inbox(made_by, id);

-- Name: portraits portraits_person_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.portraits
    ADD CONSTRAINT portraits_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.people(id);

-- Name: portraits portraits_recorded_by_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.portraits
    ADD CONSTRAINT portraits_recorded_by_fkey FOREIGN KEY (recorded_by) REFERENCES public.people(id);

-- Name: presence presence_case_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.presence
    ADD CONSTRAINT presence_case_id_fkey FOREIGN KEY (case_id) REFERENCES public.cases(case_id);

-- Name: presence presence_visit_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.presence
    ADD CONSTRAINT presence_visit_id_fkey FOREIGN KEY (visit_id) REFERENCES public.visits(visit_id);

-- Name: push_subscriptions push_subscriptions_case_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.push_subscriptions
    ADD CONSTRAINT push_subscriptions_case_id_fkey FOREIGN KEY (case_id) REFERENCES public.cases(case_id);

-- Name: push_subscriptions push_subscriptions_token_sha256_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.push_subscriptions
    ADD CONSTRAINT push_subscriptions_token_sha256_fkey FOREIGN KEY (token_sha256) REFERENCES public.tracking_tokens(token_sha256);

-- Name: qualifications qualifications_entered_by_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.qualifications
    ADD CONSTRAINT qualifications_entered_by_fkey FOREIGN KEY (entered_by) REFERENCES public.people(id);

-- Name: qualifications qualifications_person_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.qualifications
    ADD CONSTRAINT qualifications_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.people(id);

-- Name: qualifications qualifications_taken_by_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.qualifications
    ADD CONSTRAINT qualifications_taken_by_fkey FOREIGN KEY (taken_by) REFERENCES public.people(id);

-- Name: qualifications qualifications_unit_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.qualifications
    ADD CONSTRAINT qualifications_unit_id_fkey FOREIGN KEY (unit_id) REFERENCES public.units(id);

-- Name: questions questions_case_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.questions
    ADD CONSTRAINT questions_case_id_fkey FOREIGN KEY (case_id) REFERENCES public.cases(case_id);

-- Name: readings readings_case_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.readings
    ADD CONSTRAINT readings_case_id_fkey FOREIGN KEY (case_id) REFERENCES public.cases(case_id);

-- Name: readings readings_visit_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.readings
    ADD CONSTRAINT readings_visit_id_fkey FOREIGN KEY (visit_id) REFERENCES public.visits(visit_id);

-- Name: refunds refund_of_payment; Type: FK CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.refunds
    ADD CONSTRAINT refund_of_payment FOREIGN KEY (case_id, payment_id) REFERENCES public.payments(case_id, payment_id);

-- Name: refunds refunds_case_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.refunds
    ADD CONSTRAINT refunds_case_id_fkey FOREIGN KEY (case_id) REFERENCES public.cases(case_id);

-- Name: refunds refunds_owner_unit_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.refunds
    ADD CONSTRAINT refunds_owner_unit_fkey FOREIGN KEY (owner_unit) REFERENCES public.units(id);

-- Name: registrations registrations_case_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.registrations
    ADD CONSTRAINT registrations_case_id_fkey FOREIGN KEY (case_id) REFERENCES public.cases(case_id);

-- Name: registrations registrations_forwarded_to_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.registrations
    ADD CONSTRAINT registrations_forwarded_to_fkey FOREIGN KEY (forwarded_to) REFERENCES public.units(id);

-- Name: registrations registrations_unit_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.registrations
    ADD CONSTRAINT registrations_unit_id_fkey FOREIGN KEY (unit_id) REFERENCES public.units(id);

-- Name: replaced_pictures replaced_picture_of_a_page; Type: FK CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.replaced_pictures
    ADD CONSTRAINT replaced_picture_of_a_page FOREIGN KEY (case_id, page_id) REFERENCES public.pages(case_id, page_id);

-- Name: roles_held roles_held_given_by_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.roles_held
    ADD CONSTRAINT roles_held_given_by_fkey FOREIGN KEY (given_by) REFERENCES public.people(id);

-- Name: roles_held roles_held_person_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.roles_held
    ADD CONSTRAINT roles_held_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.people(id);

-- Name: roles_held roles_held_unit_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.roles_held
    ADD CONSTRAINT roles_held_unit_id_fkey FOREIGN KEY (unit_id) REFERENCES public.units(id);

-- Name: run_sheet_lines run_sheet_lines_case_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.run_sheet_lines
    ADD CONSTRAINT run_sheet_lines_case_id_fkey FOREIGN KEY (case_id) REFERENCES public.cases(case_id);

-- Name: run_sheet_lines run_sheet_lines_courier_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.run_sheet_lines
    ADD CONSTRAINT run_sheet_lines_courier_fkey FOREIGN KEY (courier) REFERENCES public.people(id);

-- Name: run_sheet_lines run_sheet_lines_decided_by_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.run_sheet_lines
    ADD CONSTRAINT run_sheet_lines_decided_by_fkey FOREIGN KEY (decided_by) REFERENCES public.people(id);

-- Name: run_sheet_lines run_sheet_lines_typed_by_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.run_sheet_lines
    ADD CONSTRAINT run_sheet_lines_typed_by_fkey FOREIGN KEY (typed_by) REFERENCES public.people(id);

-- Name: same_level_posts same_level_posts_post_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.same_level_posts
    ADD CONSTRAINT same_level_posts_post_id_fkey FOREIGN KEY (post_id) REFERENCES public.units(id);

-- Name: same_level_posts same_level_posts_unit_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.same_level_posts
    ADD CONSTRAINT same_level_posts_unit_id_fkey FOREIGN KEY (unit_id) REFERENCES public.units(id);

-- Name: security_alarms security_alarms_cleared_by_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.security_alarms
    ADD CONSTRAINT security_alarms_cleared_by_fkey FOREIGN KEY (cleared_by) REFERENCES public.people(id);

-- Name: security_alarms security_alarms_device_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.security_alarms
    ADD CONSTRAINT security_alarms_device_id_fkey FOREIGN KEY (device_id) REFERENCES public.devices(id);

-- Name: shifts shift_signed_by_a_person; Type: FK CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.shifts
    ADD CONSTRAINT shift_signed_by_a_person FOREIGN KEY (countersigned_by) REFERENCES public.people(id);

-- Name: shifts shifts_courier_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.shifts
    ADD CONSTRAINT shifts_courier_fkey FOREIGN KEY (courier) REFERENCES public.people(id);

-- Name: shifts shifts_unit_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.shifts
    ADD CONSTRAINT shifts_unit_id_fkey FOREIGN KEY (unit_id) REFERENCES public.units(id);

-- Name: signatures signatures_case_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.signatures
    ADD CONSTRAINT signatures_case_id_fkey FOREIGN KEY (case_id) REFERENCES public.cases(case_id);

-- Name: signatures signatures_visit_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.signatures
    ADD CONSTRAINT signatures_visit_id_fkey FOREIGN KEY (visit_id) REFERENCES public.visits(visit_id);

-- Name: tracking_tokens tracking_tokens_case_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.tracking_tokens
    ADD CONSTRAINT tracking_tokens_case_id_fkey FOREIGN KEY (case_id) REFERENCES public.cases(case_id);

-- Name: unit_areas unit_areas_unit_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.unit_areas
    ADD CONSTRAINT unit_areas_unit_id_fkey FOREIGN KEY (unit_id) REFERENCES public.units(id);

-- Name: unit_days unit_days_unit_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.unit_days
    ADD CONSTRAINT unit_days_unit_id_fkey FOREIGN KEY (unit_id) REFERENCES public.units(id);

-- Name: unit_hours unit_hours_unit_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.unit_hours
    ADD CONSTRAINT unit_hours_unit_id_fkey FOREIGN KEY (unit_id) REFERENCES public.units(id);

-- Name: unit_stages unit_stages_unit_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.unit_stages
    ADD CONSTRAINT unit_stages_unit_id_fkey FOREIGN KEY (unit_id) REFERENCES public.units(id);

-- Name: unit_versions unit_versions_parent_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.unit_versions
    ADD CONSTRAINT unit_versions_parent_id_fkey FOREIGN KEY (parent_id) REFERENCES public.units(id);

-- Name: unit_versions unit_versions_unit_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.unit_versions
    ADD CONSTRAINT unit_versions_unit_id_fkey FOREIGN KEY (unit_id) REFERENCES public.units(id);

-- Name: urgings urgings_answered_by_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.urgings
    ADD CONSTRAINT urgings_answered_by_fkey FOREIGN KEY (answered_by) REFERENCES public.people(id);

-- Name: urgings urgings_case_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.urgings
    ADD CONSTRAINT urgings_case_id_fkey FOREIGN KEY (case_id) REFERENCES public.cases(case_id);

-- Name: urgings urgings_unit_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.urgings
    ADD CONSTRAINT urgings_unit_id_fkey FOREIGN KEY (unit_id) REFERENCES public.units(id);

-- Name: urgings urgings_urged_by_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.urgings
    ADD CONSTRAINT urgings_urged_by_fkey FOREIGN KEY (urged_by) REFERENCES public.people(id);

-- Name: visits visits_courier_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.visits
    ADD CONSTRAINT visits_courier_fkey FOREIGN KEY (courier) REFERENCES public.people(id);

-- Name: visits visits_unit_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.visits
    ADD CONSTRAINT visits_unit_id_fkey FOREIGN KEY (unit_id) REFERENCES public.units(id);

-- Name: acts; Type: ROW SECURITY; Schema: public; Owner: -

ALTER TABLE public.acts ENABLE ROW LEVEL SECURITY;

-- Name: acts acts_own; Type: POLICY; Schema: public; Owner: -

CREATE POLICY acts_own ON public.acts FOR SELECT TO tannha_app USING ((EXISTS ( SELECT
   FROM public.case_units cu
  WHERE ((cu.case_id = acts.case_id) AND (cu.unit_id = ANY (( SELECT public.units_in_reach() AS units_in_reach)::uuid[]))))));

-- Name: acts acts_province; Type: POLICY; Schema: public; Owner: -

CREATE POLICY acts_province ON public.acts FOR SELECT TO tannha_province USING (true);

-- Name: acts acts_service; Type: POLICY; Schema: public; Owner: -

CREATE POLICY acts_service ON public.acts TO tannha_service USING (true) WITH CHECK (true);

-- Name: bank_credits; Type: ROW SECURITY; Schema: public; Owner: -

ALTER TABLE public.bank_credits ENABLE ROW LEVEL SECURITY;

-- Name: bank_credits bank_credits_own; Type: POLICY; Schema: public; Owner: -

CREATE POLICY bank_credits_own ON public.bank_credits FOR SELECT TO tannha_app USING ((unit_id = ANY (( SELECT public.units_in_reach() AS units_in_reach)::uuid[])));

-- Name: bank_credits bank_credits_province; Type: POLICY; Schema: public; Owner: -

CREATE POLICY bank_credits_province ON public.bank_credits FOR SELECT TO tannha_province USING (true);

-- Name: bank_credits bank_credits_service; Type: POLICY; Schema: public; Owner: -

CREATE POLICY bank_credits_service ON public.bank_credits TO tannha_service USING (true) WITH CHECK (true);

-- Name: call_backs; Type: ROW SECURITY; Schema: public; Owner: -

ALTER TABLE public.call_backs ENABLE ROW LEVEL SECURITY;

-- Name: call_backs call_backs_own; Type: POLICY; Schema: public; Owner: -

CREATE POLICY call_backs_own ON public.call_backs FOR SELECT TO tannha_app USING ((EXISTS ( SELECT
   FROM public.case_units cu
  WHERE ((cu.case_id = call_backs.case_id) AND (cu.unit_id = ANY (( SELECT public.units_in_reach() AS units_in_reach)::uuid[]))))));

-- Name: call_backs call_backs_province; Type: POLICY; Schema: public; Owner: -

CREATE POLICY call_backs_province ON public.call_backs FOR SELECT TO tannha_province USING (true);

-- Name: call_backs call_backs_service; Type: POLICY; Schema: public; Owner: -

CREATE POLICY call_backs_service ON public.call_backs TO tannha_service USING (true) WITH CHECK (true);

-- Name: component_files; Type: ROW SECURITY; Schema: public; Owner: -

ALTER TABLE public.component_files ENABLE ROW LEVEL SECURITY;

-- Name: component_files component_files_own; Type: POLICY; Schema: public; Owner: -

CREATE POLICY component_files_own ON public.component_files FOR SELECT TO tannha_app USING ((EXISTS ( SELECT
   FROM public.case_units cu
  WHERE ((cu.case_id = component_files.case_id) AND (cu.unit_id = ANY (( SELECT public.units_in_reach() AS units_in_reach)::uuid[]))))));

-- Name: component_files component_files_province; Type: POLICY; Schema: public; Owner: -

CREATE POLICY component_files_province ON public.component_files FOR SELECT TO tannha_province USING (true);

-- Name: component_files component_files_service; Type: POLICY; Schema: public; Owner: -

CREATE POLICY component_files_service ON public.component_files TO tannha_service USING (true) WITH CHECK (true);

-- Name: consents; Type: ROW SECURITY; Schema: public; Owner: -

ALTER TABLE public.consents ENABLE ROW LEVEL SECURITY;

-- Name: consents consents_own; Type: POLICY; Schema: public; Owner: -

CREATE POLICY consents_own ON public.consents FOR SELECT TO tannha_app USING ((case_id IN ( SELECT cu.case_id
   FROM public.case_units cu
  WHERE (cu.unit_id = ANY (( SELECT public.units_in_reach() AS units_in_reach)::uuid[])))));

-- Name: consents consents_province; Type: POLICY; Schema: public; Owner: -

CREATE POLICY consents_province ON public.consents FOR SELECT TO tannha_province USING (true);

-- Name: consents consents_service; Type: POLICY; Schema: public; Owner: -

CREATE POLICY consents_service ON public.consents TO tannha_service USING (true) WITH CHECK (true);

-- Name: contacts; Type: ROW SECURITY; Schema: public; Owner: -

ALTER TABLE public.contacts ENABLE ROW LEVEL SECURITY;

-- Name: contacts contacts_own; Type: POLICY; Schema: public; Owner: -

CREATE POLICY contacts_own ON public.contacts FOR SELECT TO tannha_app USING ((EXISTS ( SELECT
   FROM public.case_units cu
  WHERE ((cu.case_id = contacts.case_id) AND (cu.unit_id = ANY (( SELECT public.units_in_reach() AS units_in_reach)::uuid[]))))));

-- Name: contacts contacts_province; Type: POLICY; Schema: public; Owner: -

CREATE POLICY contacts_province ON public.contacts FOR SELECT TO tannha_province USING (true);

-- Name: contacts contacts_service; Type: POLICY; Schema: public; Owner: -

CREATE POLICY contacts_service ON public.contacts TO tannha_service USING (true) WITH CHECK (true);

-- Name: duties; Type: ROW SECURITY; Schema: public; Owner: -

ALTER TABLE public.duties ENABLE ROW LEVEL SECURITY;

-- Name: duties duties_own; Type: POLICY; Schema: public; Owner: -

CREATE POLICY duties_own ON public.duties FOR SELECT TO tannha_app USING ((EXISTS ( SELECT
   FROM public.case_units cu
  WHERE ((cu.case_id = duties.case_id) AND (cu.unit_id = ANY (( SELECT public.units_in_reach() AS units_in_reach)::uuid[]))))));

-- Name: duties duties_province; Type: POLICY; Schema: public; Owner: -

CREATE POLICY duties_province ON public.duties FOR SELECT TO tannha_province USING (true);

-- Name: duties duties_service; Type: POLICY; Schema: public; Owner: -

CREATE POLICY duties_service ON public.duties TO tannha_service USING (true) WITH CHECK (true);

-- Name: entries; Type: ROW SECURITY; Schema: public; Owner: -

ALTER TABLE public.entries ENABLE ROW LEVEL SECURITY;

-- Name: entries entries_own; Type: POLICY; Schema: public; Owner: -

CREATE POLICY entries_own ON public.entries FOR SELECT TO tannha_app USING ((EXISTS ( SELECT
   FROM public.case_units cu
  WHERE ((cu.case_id = entries.case_id) AND (cu.unit_id = ANY (( SELECT public.units_in_reach() AS units_in_reach)::uuid[]))))));

-- Name: entries entries_province; Type: POLICY; Schema: public; Owner: -

CREATE POLICY entries_province ON public.entries FOR SELECT TO tannha_province USING (true);

-- Name: entries entries_service; Type: POLICY; Schema: public; Owner: -

CREATE POLICY entries_service ON public.entries TO tannha_service USING (true) WITH CHECK (true);

-- Name: files; Type: ROW SECURITY; Schema: public; Owner: -

ALTER TABLE public.files ENABLE ROW LEVEL SECURITY;

-- Name: files files_own; Type: POLICY; Schema: public; Owner: -

CREATE POLICY files_own ON public.files FOR SELECT TO tannha_app USING (((EXISTS ( SELECT
   FROM public.pages p
  WHERE (p.file_sha256 = files.sha256))) OR (EXISTS ( SELECT
   FROM public.pages p
  WHERE (p.preview_file_sha256 = files.sha256)))));

-- Name: files files_province; Type: POLICY; Schema: public; Owner: -

CREATE POLICY files_province ON public.files FOR SELECT TO tannha_province USING (true);

-- Name: files files_service; Type: POLICY; Schema: public; Owner: -

CREATE POLICY files_service ON public.files TO tannha_service USING (true) WITH CHECK (true);

-- Name: former_contacts; Type: ROW SECURITY; Schema: public; Owner: -

ALTER TABLE public.former_contacts ENABLE ROW LEVEL SECURITY;

-- Name: former_contacts former_contacts_own; Type: POLICY; Schema: public; Owner: -

CREATE POLICY former_contacts_own ON public.former_contacts FOR SELECT TO tannha_app USING ((EXISTS ( SELECT
   FROM public.case_units cu
  WHERE ((cu.case_id = former_contacts.case_id) AND (cu.unit_id = ANY (( SELECT public.units_in_reach() AS units_in_reach)::uuid[]))))));

-- Name: former_contacts former_contacts_province; Type: POLICY; Schema: public; Owner: -

CREATE POLICY former_contacts_province ON public.former_contacts FOR SELECT TO tannha_province USING (true);

-- Name: former_contacts former_contacts_service; Type: POLICY; Schema: public; Owner: -

CREATE POLICY former_contacts_service ON public.former_contacts TO tannha_service USING (true) WITH CHECK (true);

-- Name: house_marks; Type: ROW SECURITY; Schema: public; Owner: -

ALTER TABLE public.house_marks ENABLE ROW LEVEL SECURITY;

-- Name: house_marks house_marks_service; Type: POLICY; Schema: public; Owner: -

CREATE POLICY house_marks_service ON public.house_marks TO tannha_service USING (true) WITH CHECK (true);

-- Name: incident_things; Type: ROW SECURITY; Schema: public; Owner: -

ALTER TABLE public.incident_things ENABLE ROW LEVEL SECURITY;

-- Name: incident_things incident_things_own; Type: POLICY; Schema: public; Owner: -

CREATE POLICY incident_things_own ON public.incident_things FOR SELECT TO tannha_app USING ((EXISTS ( SELECT
   FROM public.case_units cu
  WHERE ((cu.case_id = incident_things.case_id) AND (cu.unit_id = ANY (( SELECT public.units_in_reach() AS units_in_reach)::uuid[]))))));

-- Name: incident_things incident_things_province; Type: POLICY; Schema: public; Owner: -

CREATE POLICY incident_things_province ON public.incident_things FOR SELECT TO tannha_province USING (true);

-- Name: incident_things incident_things_service; Type: POLICY; Schema: public; Owner: -

CREATE POLICY incident_things_service ON public.incident_things TO tannha_service USING (true) WITH CHECK (true);

-- Name: incidents; Type: ROW SECURITY; Schema: public; Owner: -

ALTER TABLE public.incidents ENABLE ROW LEVEL SECURITY;

-- Name: incidents incidents_own; Type: POLICY; Schema: public; Owner: -

CREATE POLICY incidents_own ON public.incidents FOR SELECT TO tannha_app USING (((unit_id = ANY (( SELECT public.units_in_reach() AS units_in_reach)::uuid[])) OR (reported_unit = ANY (( SELECT public.units_in_reach() AS units_in_reach)::uuid[])) OR (EXISTS ( SELECT
   FROM (public.incident_things t
     JOIN public.case_units cu ON ((t.case_id = cu.case_id)))
  WHERE ((t.incident_id = incidents.incident_id) AND (cu.unit_id = ANY (( SELECT public.units_in_reach() AS units_in_reach)::uuid[])))))));

-- Name: incidents incidents_province; Type: POLICY; Schema: public; Owner: -

CREATE POLICY incidents_province ON public.incidents FOR SELECT TO tannha_province USING (true);

-- Name: incidents incidents_service; Type: POLICY; Schema: public; Owner: -

CREATE POLICY incidents_service ON public.incidents TO tannha_service USING (true) WITH CHECK (true);

-- Name: mandates; Type: ROW SECURITY; Schema: public; Owner: -

ALTER TABLE public.mandates ENABLE ROW LEVEL SECURITY;

-- Name: mandates mandates_own; Type: POLICY; Schema: public; Owner: -

CREATE POLICY mandates_own ON public.mandates FOR SELECT TO tannha_app USING ((case_id IN ( SELECT cu.case_id
   FROM public.case_units cu
  WHERE (cu.unit_id = ANY (( SELECT public.units_in_reach() AS units_in_reach)::uuid[])))));

-- Name: mandates mandates_province; Type: POLICY; Schema: public; Owner: -

CREATE POLICY mandates_province ON public.mandates FOR SELECT TO tannha_province USING (true);

-- Name: mandates mandates_service; Type: POLICY; Schema: public; Owner: -

CREATE POLICY mandates_service ON public.mandates TO tannha_service USING (true) WITH CHECK (true);

-- Name: masters; Type: ROW SECURITY; Schema: public; Owner: -

ALTER TABLE public.masters ENABLE ROW LEVEL SECURITY;

-- Name: masters masters_own; Type: POLICY; Schema: public; Owner: -

CREATE POLICY masters_own ON public.masters FOR SELECT TO tannha_app USING (((EXISTS ( SELECT
   FROM public.pages p
  WHERE (p.file_sha256 = masters.file_sha256))) OR (EXISTS ( SELECT
   FROM public.pages p
  WHERE (p.preview_file_sha256 = masters.file_sha256)))));

-- Name: masters masters_province; Type: POLICY; Schema: public; Owner: -

CREATE POLICY masters_province ON public.masters FOR SELECT TO tannha_province USING (true);

-- Name: masters masters_service; Type: POLICY; Schema: public; Owner: -

CREATE POLICY masters_service ON public.masters TO tannha_service USING (true) WITH CHECK (true);

-- Name: notices; Type: ROW SECURITY; Schema: public; Owner: -

ALTER TABLE public.notices ENABLE ROW LEVEL SECURITY;

-- Name: notices notices_own; Type: POLICY; Schema: public; Owner: -

CREATE POLICY notices_own ON public.notices FOR SELECT TO tannha_app USING ((EXISTS ( SELECT
   FROM public.case_units cu
  WHERE ((cu.case_id = notices.case_id) AND (cu.unit_id = ANY (( SELECT public.units_in_reach() AS units_in_reach)::uuid[]))))));

-- Name: notices notices_province; Type: POLICY; Schema: public; Owner: -

CREATE POLICY notices_province ON public.notices FOR SELECT TO tannha_province USING (true);

-- Name: notices notices_service; Type: POLICY; Schema: public; Owner: -

CREATE POLICY notices_service ON public.notices TO tannha_service USING (true) WITH CHECK (true);

-- Name: pages; Type: ROW SECURITY; Schema: public; Owner: -

ALTER TABLE public.pages ENABLE ROW LEVEL SECURITY;

-- Name: pages pages_own; Type: POLICY; Schema: public; Owner: -

CREATE POLICY pages_own ON public.pages FOR SELECT TO tannha_app USING ((EXISTS ( SELECT
   FROM public.case_units cu
  WHERE ((cu.case_id = pages.case_id) AND (cu.unit_id = ANY (( SELECT public.units_in_reach() AS units_in_reach)::uuid[]))))));

-- Name: pages pages_province; Type: POLICY; Schema: public; Owner: -

CREATE POLICY pages_province ON public.pages FOR SELECT TO tannha_province USING (true);

-- Name: pages pages_service; Type: POLICY; Schema: public; Owner: -

CREATE POLICY pages_service ON public.pages TO tannha_service USING (true) WITH CHECK (true);

-- Name: parcels; Type: ROW SECURITY; Schema: public; Owner: -

ALTER TABLE public.parcels ENABLE ROW LEVEL SECURITY;

-- Name: parcels parcels_own; Type: POLICY; Schema: public; Owner: -

CREATE POLICY parcels_own ON public.parcels FOR SELECT TO tannha_app USING ((EXISTS ( SELECT
   FROM public.case_units cu
  WHERE ((cu.case_id = parcels.case_id) AND (cu.unit_id = ANY (( SELECT public.units_in_reach() AS units_in_reach)::uuid[]))))));

-- Name: parcels parcels_province; Type: POLICY; Schema: public; Owner: -

CREATE POLICY parcels_province ON public.parcels FOR SELECT TO tannha_province USING (true);

-- Name: parcels parcels_service; Type: POLICY; Schema: public; Owner: -

CREATE POLICY parcels_service ON public.parcels TO tannha_service USING (true) WITH CHECK (true);

-- Name: parties; Type: ROW SECURITY; Schema: public; Owner: -

ALTER TABLE public.parties ENABLE ROW LEVEL SECURITY;

-- Name: parties parties_own; Type: POLICY; Schema: public; Owner: -

CREATE POLICY parties_own ON public.parties FOR SELECT TO tannha_app USING ((case_id IN ( SELECT cu.case_id
   FROM public.case_units cu
  WHERE (cu.unit_id = ANY (( SELECT public.units_in_reach() AS units_in_reach)::uuid[])))));

-- Name: parties parties_province; Type: POLICY; Schema: public; Owner: -

CREATE POLICY parties_province ON public.parties FOR SELECT TO tannha_province USING (true);

-- Name: parties parties_service; Type: POLICY; Schema: public; Owner: -

CREATE POLICY parties_service ON public.parties TO tannha_service USING (true) WITH CHECK (true);

-- Name: personal; Type: ROW SECURITY; Schema: public; Owner: -

ALTER TABLE public.personal ENABLE ROW LEVEL SECURITY;

-- Name: personal personal_own; Type: POLICY; Schema: public; Owner: -

CREATE POLICY personal_own ON public.personal FOR SELECT TO tannha_app USING ((EXISTS ( SELECT
   FROM public.case_units cu
  WHERE ((cu.case_id = personal.case_id) AND (cu.unit_id = ANY (( SELECT public.units_in_reach() AS units_in_reach)::uuid[]))))));

-- Name: personal personal_province; Type: POLICY; Schema: public; Owner: -

CREATE POLICY personal_province ON public.personal FOR SELECT TO tannha_province USING (true);

-- Name: personal personal_service; Type: POLICY; Schema: public; Owner: -

CREATE POLICY personal_service ON public.personal TO tannha_service USING (true) WITH CHECK (true);

-- Name: presence; Type: ROW SECURITY; Schema: public; Owner: -

ALTER TABLE public.presence ENABLE ROW LEVEL SECURITY;

-- Name: presence presence_own; Type: POLICY; Schema: public; Owner: -

CREATE POLICY presence_own ON public.presence FOR SELECT TO tannha_app USING ((EXISTS ( SELECT
   FROM public.case_units cu
  WHERE ((cu.case_id = presence.case_id) AND (cu.unit_id = ANY (( SELECT public.units_in_reach() AS units_in_reach)::uuid[]))))));

-- Name: presence presence_province; Type: POLICY; Schema: public; Owner: -

CREATE POLICY presence_province ON public.presence FOR SELECT TO tannha_province USING (true);

-- Name: presence presence_service; Type: POLICY; Schema: public; Owner: -

CREATE POLICY presence_service ON public.presence TO tannha_service USING (true) WITH CHECK (true);

-- Name: push_subscriptions; Type: ROW SECURITY; Schema: public; Owner: -

ALTER TABLE public.push_subscriptions ENABLE ROW LEVEL SECURITY;

-- Name: push_subscriptions push_subscriptions_service; Type: POLICY; Schema: public; Owner: -

CREATE POLICY push_subscriptions_service ON public.push_subscriptions TO tannha_service USING (true) WITH CHECK (true);

-- Name: questions; Type: ROW SECURITY; Schema: public; Owner: -

ALTER TABLE public.questions ENABLE ROW LEVEL SECURITY;

-- Name: questions questions_own; Type: POLICY; Schema: public; Owner: -

CREATE POLICY questions_own ON public.questions FOR SELECT TO tannha_app USING ((EXISTS ( SELECT
   FROM public.case_units cu
  WHERE ((cu.case_id = questions.case_id) AND (cu.unit_id = ANY (( SELECT public.units_in_reach() AS units_in_reach)::uuid[]))))));

-- Name: questions questions_province; Type: POLICY; Schema: public; Owner: -

CREATE POLICY questions_province ON public.questions FOR SELECT TO tannha_province USING (true);

-- Name: questions questions_service; Type: POLICY; Schema: public; Owner: -

CREATE POLICY questions_service ON public.questions TO tannha_service USING (true) WITH CHECK (true);

-- Name: readings; Type: ROW SECURITY; Schema: public; Owner: -

ALTER TABLE public.readings ENABLE ROW LEVEL SECURITY;

-- Name: readings readings_own; Type: POLICY; Schema: public; Owner: -

CREATE POLICY readings_own ON public.readings FOR SELECT TO tannha_app USING ((case_id IN ( SELECT cu.case_id
   FROM public.case_units cu
  WHERE (cu.unit_id = ANY (( SELECT public.units_in_reach() AS units_in_reach)::uuid[])))));

-- Name: readings readings_province; Type: POLICY; Schema: public; Owner: -

CREATE POLICY readings_province ON public.readings FOR SELECT TO tannha_province USING (true);

-- Name: readings readings_service; Type: POLICY; Schema: public; Owner: -

CREATE POLICY readings_service ON public.readings TO tannha_service USING (true) WITH CHECK (true);

-- Name: replaced_pictures; Type: ROW SECURITY; Schema: public; Owner: -

ALTER TABLE public.replaced_pictures ENABLE ROW LEVEL SECURITY;

-- Name: replaced_pictures replaced_pictures_service; Type: POLICY; Schema: public; Owner: -

CREATE POLICY replaced_pictures_service ON public.replaced_pictures TO tannha_service USING (true) WITH CHECK (true);

-- Name: run_sheet_lines; Type: ROW SECURITY; Schema: public; Owner: -

ALTER TABLE public.run_sheet_lines ENABLE ROW LEVEL SECURITY;

-- Name: run_sheet_lines run_sheet_lines_own; Type: POLICY; Schema: public; Owner: -

CREATE POLICY run_sheet_lines_own ON public.run_sheet_lines FOR SELECT TO tannha_app USING ((EXISTS ( SELECT
   FROM public.case_units cu
  WHERE ((cu.case_id = run_sheet_lines.case_id) AND (cu.unit_id = ANY (( SELECT public.units_in_reach() AS units_in_reach)::uuid[]))))));

-- Name: run_sheet_lines run_sheet_lines_province; Type: POLICY; Schema: public; Owner: -

CREATE POLICY run_sheet_lines_province ON public.run_sheet_lines FOR SELECT TO tannha_province USING (true);

-- Name: run_sheet_lines run_sheet_lines_service; Type: POLICY; Schema: public; Owner: -

CREATE POLICY run_sheet_lines_service ON public.run_sheet_lines TO tannha_service USING (true) WITH CHECK (true);

-- Name: urgings; Type: ROW SECURITY; Schema: public; Owner: -

ALTER TABLE public.urgings ENABLE ROW LEVEL SECURITY;

-- Name: urgings urgings_own; Type: POLICY; Schema: public; Owner: -

CREATE POLICY urgings_own ON public.urgings FOR SELECT TO tannha_app USING ((EXISTS ( SELECT
   FROM public.case_units cu
  WHERE ((cu.case_id = urgings.case_id) AND (cu.unit_id = ANY (( SELECT public.units_in_reach() AS units_in_reach)::uuid[]))))));

-- Name: urgings urgings_province; Type: POLICY; Schema: public; Owner: -

CREATE POLICY urgings_province ON public.urgings FOR SELECT TO tannha_province USING (true);

-- Name: urgings urgings_service; Type: POLICY; Schema: public; Owner: -

CREATE POLICY urgings_service ON public.urgings TO tannha_service USING (true) WITH CHECK (true);

-- Name: TABLE acts; Type: ACL; Schema: public; Owner: -

GRANT SELECT ON TABLE public.acts TO tannha_app;
GRANT SELECT ON TABLE public.acts TO tannha_province;
GRANT SELECT,INSERT ON TABLE public.acts TO tannha_service;

-- Name: TABLE appointments; Type: ACL; Schema: public; Owner: -

GRANT SELECT ON TABLE public.appointments TO tannha_app;
GRANT SELECT ON TABLE public.appointments TO tannha_province;
GRANT SELECT,INSERT,UPDATE ON TABLE public.appointments TO tannha_service;

-- Name: TABLE area_successors; Type: ACL; Schema: public; Owner: -

GRANT SELECT ON TABLE public.area_successors TO tannha_app;
GRANT SELECT,INSERT ON TABLE public.area_successors TO tannha_service;
GRANT SELECT ON TABLE public.area_successors TO tannha_province;

-- Name: TABLE bag_parcels; Type: ACL; Schema: public; Owner: -

GRANT SELECT ON TABLE public.bag_parcels TO tannha_app;
GRANT SELECT ON TABLE public.bag_parcels TO tannha_province;
GRANT SELECT,INSERT,UPDATE ON TABLE public.bag_parcels TO tannha_service;

-- Name: TABLE bags; Type: ACL; Schema: public; Owner: -

GRANT SELECT ON TABLE public.bags TO tannha_app;
GRANT SELECT ON TABLE public.bags TO tannha_province;
GRANT SELECT,INSERT,UPDATE ON TABLE public.bags TO tannha_service;

-- Name: TABLE balances; Type: ACL; Schema: public; Owner: -

GRANT SELECT ON TABLE public.balances TO tannha_app;
GRANT SELECT ON TABLE public.balances TO tannha_province;
GRANT SELECT,INSERT,UPDATE ON TABLE public.balances TO tannha_service;

-- Name: TABLE bank_credits; Type: ACL; Schema: public; Owner: -

GRANT SELECT ON TABLE public.bank_credits TO tannha_app;
GRANT SELECT ON TABLE public.bank_credits TO tannha_province;
GRANT SELECT,INSERT,UPDATE ON TABLE public.bank_credits TO tannha_service;

-- Name: TABLE bundle; Type: ACL; Schema: public; Owner: -

GRANT SELECT ON TABLE public.bundle TO tannha_app;
GRANT SELECT ON TABLE public.bundle TO tannha_province;
GRANT SELECT,INSERT,UPDATE ON TABLE public.bundle TO tannha_service;

-- Name: TABLE call_back_draws; Type: ACL; Schema: public; Owner: -

GRANT SELECT,INSERT ON TABLE public.call_back_draws TO tannha_service;

-- Name: COLUMN call_back_draws.looked_at; Type: ACL; Schema: public; Owner: -

GRANT UPDATE(looked_at) ON TABLE public.call_back_draws TO tannha_service;

-- Name: TABLE call_backs; Type: ACL; Schema: public; Owner: -

GRANT SELECT,INSERT ON TABLE public.call_backs TO tannha_service;
GRANT SELECT ON TABLE public.call_backs TO tannha_app;
GRANT SELECT ON TABLE public.call_backs TO tannha_province;

-- Name: COLUMN call_backs.state; Type: ACL; Schema: public; Owner: -

GRANT UPDATE(state) ON TABLE public.call_backs TO tannha_service;

-- Name: COLUMN call_backs.tries; Type: ACL; Schema: public; Owner: -

GRANT UPDATE(tries) ON TABLE public.call_backs TO tannha_service;

-- Name: COLUMN call_backs.answered_by; Type: ACL; Schema: public; Owner: -

GRANT UPDATE(answered_by) ON TABLE public.call_backs TO tannha_service;

-- Name: COLUMN call_backs.answered_at; Type: ACL; Schema: public; Owner: -

GRANT UPDATE(answered_at) ON TABLE public.call_backs TO tannha_service;

-- Name: TABLE card_look_ups; Type: ACL; Schema: public; Owner: -

GRANT SELECT,INSERT ON TABLE public.card_look_ups TO tannha_service;

-- Name: TABLE case_units; Type: ACL; Schema: public; Owner: -

GRANT SELECT ON TABLE public.case_units TO tannha_app;
GRANT SELECT ON TABLE public.case_units TO tannha_province;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.case_units TO tannha_service;

-- Name: TABLE case_visits; Type: ACL; Schema: public; Owner: -

GRANT SELECT ON TABLE public.case_visits TO tannha_app;
GRANT SELECT ON TABLE public.case_visits TO tannha_province;
GRANT SELECT,INSERT,UPDATE ON TABLE public.case_visits TO tannha_service;

-- Name: TABLE cases; Type: ACL; Schema: public; Owner: -

GRANT SELECT ON TABLE public.cases TO tannha_app;
GRANT SELECT ON TABLE public.cases TO tannha_province;
GRANT SELECT,INSERT,UPDATE ON TABLE public.cases TO tannha_service;

-- Name: TABLE catalogues; Type: ACL; Schema: public; Owner: -

GRANT SELECT ON TABLE public.catalogues TO tannha_app;
GRANT SELECT,INSERT ON TABLE public.catalogues TO tannha_service;
GRANT SELECT ON TABLE public.catalogues TO tannha_province;

-- Name: TABLE charges; Type: ACL; Schema: public; Owner: -

GRANT SELECT ON TABLE public.charges TO tannha_app;
GRANT SELECT ON TABLE public.charges TO tannha_province;
GRANT SELECT,INSERT,UPDATE ON TABLE public.charges TO tannha_service;

-- Name: TABLE checkpoints; Type: ACL; Schema: public; Owner: -

GRANT SELECT ON TABLE public.checkpoints TO tannha_province;
GRANT SELECT,INSERT ON TABLE public.checkpoints TO tannha_service;

-- Name: TABLE collections; Type: ACL; Schema: public; Owner: -

GRANT SELECT ON TABLE public.collections TO tannha_app;
GRANT SELECT ON TABLE public.collections TO tannha_province;
GRANT SELECT,INSERT,UPDATE ON TABLE public.collections TO tannha_service;

-- Name: TABLE communes; Type: ACL; Schema: public; Owner: -

GRANT SELECT ON TABLE public.communes TO tannha_app;
GRANT SELECT,INSERT ON TABLE public.communes TO tannha_service;
GRANT SELECT ON TABLE public.communes TO tannha_province;

-- Name: COLUMN communes.valid; Type: ACL; Schema: public; Owner: -

GRANT UPDATE(valid) ON TABLE public.communes TO tannha_service;

-- Name: TABLE compensation_rules; Type: ACL; Schema: public; Owner: -

GRANT SELECT ON TABLE public.compensation_rules TO tannha_service;
GRANT SELECT ON TABLE public.compensation_rules TO tannha_app;
GRANT SELECT ON TABLE public.compensation_rules TO tannha_province;

-- Name: TABLE competence_gates; Type: ACL; Schema: public; Owner: -

GRANT SELECT ON TABLE public.competence_gates TO tannha_app;
GRANT SELECT ON TABLE public.competence_gates TO tannha_province;
GRANT SELECT,INSERT ON TABLE public.competence_gates TO tannha_service;

-- Name: COLUMN competence_gates.valid; Type: ACL; Schema: public; Owner: -

GRANT UPDATE(valid) ON TABLE public.competence_gates TO tannha_service;

-- Name: COLUMN competence_gates.taken_at; Type: ACL; Schema: public; Owner: -

GRANT UPDATE(taken_at) ON TABLE public.competence_gates TO tannha_service;

-- Name: TABLE component_files; Type: ACL; Schema: public; Owner: -

GRANT SELECT ON TABLE public.component_files TO tannha_app;
GRANT SELECT ON TABLE public.component_files TO tannha_province;
GRANT SELECT,INSERT,DELETE ON TABLE public.component_files TO tannha_service;

-- Name: TABLE consents; Type: ACL; Schema: public; Owner: -

GRANT SELECT,INSERT,UPDATE ON TABLE public.consents TO tannha_service;
GRANT SELECT ON TABLE public.consents TO tannha_app;
GRANT SELECT ON TABLE public.consents TO tannha_province;

-- Name: TABLE contacts; Type: ACL; Schema: public; Owner: -

GRANT SELECT,INSERT,UPDATE ON TABLE public.contacts TO tannha_service;
GRANT SELECT ON TABLE public.contacts TO tannha_app;
GRANT SELECT ON TABLE public.contacts TO tannha_province;

-- Name: TABLE courier_checks; Type: ACL; Schema: public; Owner: -

GRANT SELECT,INSERT ON TABLE public.courier_checks TO tannha_service;

-- Name: TABLE data_keys; Type: ACL; Schema: public; Owner: -

GRANT SELECT,INSERT ON TABLE public.data_keys TO tannha_service;

-- Name: COLUMN data_keys.wrapped; Type: ACL; Schema: public; Owner: -

GRANT UPDATE(wrapped) ON TABLE public.data_keys TO tannha_service;

-- Name: COLUMN data_keys.destroyed_at; Type: ACL; Schema: public; Owner: -

GRANT UPDATE(destroyed_at) ON TABLE public.data_keys TO tannha_service;

-- Name: TABLE desk_sessions; Type: ACL; Schema: public; Owner: -

GRANT SELECT,INSERT,DELETE ON TABLE public.desk_sessions TO tannha_service;

-- Name: COLUMN desk_sessions.seen_at; Type: ACL; Schema: public; Owner: -

GRANT UPDATE(seen_at) ON TABLE public.desk_sessions TO tannha_service;

-- Name: COLUMN desk_sessions.revoked_at; Type: ACL; Schema: public; Owner: -

GRANT UPDATE(revoked_at) ON TABLE public.desk_sessions TO tannha_service;

-- Name: COLUMN desk_sessions.revoked_because; Type: ACL; Schema: public; Owner: -

GRANT UPDATE(revoked_because) ON TABLE public.desk_sessions TO tannha_service;

-- Name: TABLE device_sessions; Type: ACL; Schema: public; Owner: -

GRANT SELECT,INSERT,DELETE ON TABLE public.device_sessions TO tannha_service;

-- Name: COLUMN device_sessions.n; Type: ACL; Schema: public; Owner: -

GRANT UPDATE(n) ON TABLE public.device_sessions TO tannha_service;

-- Name: COLUMN device_sessions.refreshed_at; Type: ACL; Schema: public; Owner: -

GRANT UPDATE(refreshed_at) ON TABLE public.device_sessions TO tannha_service;

-- Name: COLUMN device_sessions.revoked_at; Type: ACL; Schema: public; Owner: -

GRANT UPDATE(revoked_at) ON TABLE public.device_sessions TO tannha_service;

-- Name: COLUMN device_sessions.revoked_because; Type: ACL; Schema: public; Owner: -

GRANT UPDATE(revoked_because) ON TABLE public.device_sessions TO tannha_service;

-- Name: TABLE devices; Type: ACL; Schema: public; Owner: -

GRANT SELECT ON TABLE public.devices TO tannha_app;
GRANT SELECT ON TABLE public.devices TO tannha_province;
GRANT SELECT,INSERT ON TABLE public.devices TO tannha_service;

-- Name: COLUMN devices.revoked_at; Type: ACL; Schema: public; Owner: -

GRANT UPDATE(revoked_at) ON TABLE public.devices TO tannha_service;

-- Name: COLUMN devices.revoked_by; Type: ACL; Schema: public; Owner: -

GRANT UPDATE(revoked_by) ON TABLE public.devices TO tannha_service;

-- Name: COLUMN devices.lost_at; Type: ACL; Schema: public; Owner: -

GRANT UPDATE(lost_at) ON TABLE public.devices TO tannha_service;

-- Name: COLUMN devices.lost_by; Type: ACL; Schema: public; Owner: -

GRANT UPDATE(lost_by) ON TABLE public.devices TO tannha_service;

-- Name: COLUMN devices.next_seq; Type: ACL; Schema: public; Owner: -

GRANT UPDATE(next_seq) ON TABLE public.devices TO tannha_service;

-- Name: COLUMN devices.last_hash; Type: ACL; Schema: public; Owner: -

GRANT UPDATE(last_hash) ON TABLE public.devices TO tannha_service;

-- Name: COLUMN devices.last_contact_at; Type: ACL; Schema: public; Owner: -

GRANT UPDATE(last_contact_at) ON TABLE public.devices TO tannha_service;

-- Name: COLUMN devices.health; Type: ACL; Schema: public; Owner: -

GRANT UPDATE(health) ON TABLE public.devices TO tannha_service;

-- Name: TABLE digitisation_stages; Type: ACL; Schema: public; Owner: -

GRANT SELECT ON TABLE public.digitisation_stages TO tannha_app;
GRANT SELECT ON TABLE public.digitisation_stages TO tannha_province;
GRANT SELECT,INSERT ON TABLE public.digitisation_stages TO tannha_service;

-- Name: COLUMN digitisation_stages.valid; Type: ACL; Schema: public; Owner: -

GRANT UPDATE(valid) ON TABLE public.digitisation_stages TO tannha_service;

-- Name: COLUMN digitisation_stages.taken_at; Type: ACL; Schema: public; Owner: -

GRANT UPDATE(taken_at) ON TABLE public.digitisation_stages TO tannha_service;

-- Name: TABLE districts; Type: ACL; Schema: public; Owner: -

GRANT SELECT ON TABLE public.districts TO tannha_app;
GRANT SELECT,INSERT ON TABLE public.districts TO tannha_service;
GRANT SELECT ON TABLE public.districts TO tannha_province;

-- Name: COLUMN districts.valid; Type: ACL; Schema: public; Owner: -

GRANT UPDATE(valid) ON TABLE public.districts TO tannha_service;

-- Name: TABLE dossiers; Type: ACL; Schema: public; Owner: -

GRANT SELECT ON TABLE public.dossiers TO tannha_app;
GRANT SELECT ON TABLE public.dossiers TO tannha_province;
GRANT SELECT,INSERT,UPDATE ON TABLE public.dossiers TO tannha_service;

-- Name: TABLE duties; Type: ACL; Schema: public; Owner: -

GRANT SELECT,INSERT,UPDATE ON TABLE public.duties TO tannha_service;
GRANT SELECT ON TABLE public.duties TO tannha_app;
GRANT SELECT ON TABLE public.duties TO tannha_province;

-- Name: TABLE enrolment_codes; Type: ACL; Schema: public; Owner: -

GRANT SELECT,INSERT,DELETE ON TABLE public.enrolment_codes TO tannha_service;

-- Name: COLUMN enrolment_codes.device_id; Type: ACL; Schema: public; Owner: -

GRANT UPDATE(device_id) ON TABLE public.enrolment_codes TO tannha_service;

-- Name: COLUMN enrolment_codes.session_id; Type: ACL; Schema: public; Owner: -

GRANT UPDATE(session_id) ON TABLE public.enrolment_codes TO tannha_service;

-- Name: TABLE entries; Type: ACL; Schema: public; Owner: -

GRANT SELECT ON TABLE public.entries TO tannha_app;
GRANT SELECT ON TABLE public.entries TO tannha_province;
GRANT SELECT,INSERT ON TABLE public.entries TO tannha_service;

-- Name: TABLE exceptions; Type: ACL; Schema: public; Owner: -

GRANT SELECT ON TABLE public.exceptions TO tannha_app;
GRANT SELECT ON TABLE public.exceptions TO tannha_province;
GRANT SELECT,INSERT ON TABLE public.exceptions TO tannha_service;

-- Name: COLUMN exceptions.cleared_at; Type: ACL; Schema: public; Owner: -

GRANT UPDATE(cleared_at) ON TABLE public.exceptions TO tannha_service;

-- Name: COLUMN exceptions.cleared_by; Type: ACL; Schema: public; Owner: -

GRANT UPDATE(cleared_by) ON TABLE public.exceptions TO tannha_service;

-- Name: TABLE files; Type: ACL; Schema: public; Owner: -

GRANT SELECT ON TABLE public.files TO tannha_app;
GRANT SELECT ON TABLE public.files TO tannha_province;
GRANT SELECT,INSERT,DELETE ON TABLE public.files TO tannha_service;

-- Name: COLUMN files.state; Type: ACL; Schema: public; Owner: -

GRANT UPDATE(state) ON TABLE public.files TO tannha_service;

-- Name: COLUMN files.bad_reason; Type: ACL; Schema: public; Owner: -

GRANT UPDATE(bad_reason) ON TABLE public.files TO tannha_service;

-- Name: COLUMN files.plain_sha256; Type: ACL; Schema: public; Owner: -

GRANT UPDATE(plain_sha256) ON TABLE public.files TO tannha_service;

-- Name: TABLE followers; Type: ACL; Schema: public; Owner: -

GRANT SELECT,INSERT,UPDATE ON TABLE public.followers TO tannha_service;

-- Name: TABLE former_contacts; Type: ACL; Schema: public; Owner: -

GRANT SELECT,INSERT,UPDATE ON TABLE public.former_contacts TO tannha_service;
GRANT SELECT ON TABLE public.former_contacts TO tannha_app;
GRANT SELECT ON TABLE public.former_contacts TO tannha_province;

-- Name: TABLE hand_overs; Type: ACL; Schema: public; Owner: -

GRANT SELECT ON TABLE public.hand_overs TO tannha_app;
GRANT SELECT ON TABLE public.hand_overs TO tannha_province;
GRANT SELECT,INSERT,UPDATE ON TABLE public.hand_overs TO tannha_service;

-- Name: TABLE house_marks; Type: ACL; Schema: public; Owner: -

GRANT SELECT,INSERT,UPDATE ON TABLE public.house_marks TO tannha_service;

-- Name: TABLE inbox; Type: ACL; Schema: public; Owner: -

GRANT SELECT,INSERT ON TABLE public.inbox TO tannha_service;

-- Name: COLUMN inbox.standing; Type: ACL; Schema: public; Owner: -

GRANT UPDATE(standing) ON TABLE public.inbox TO tannha_service;

-- Name: COLUMN inbox.reason; Type: ACL; Schema: public; Owner: -

GRANT UPDATE(reason) ON TABLE public.inbox TO tannha_service;

-- Name: COLUMN inbox.problem; Type: ACL; Schema: public; Owner: -

GRANT UPDATE(problem) ON TABLE public.inbox TO tannha_service;

-- Name: COLUMN inbox.n; Type: ACL; Schema: public; Owner: -

GRANT UPDATE(n) ON TABLE public.inbox TO tannha_service;

-- Name: COLUMN inbox.exceptions; Type: ACL; Schema: public; Owner: -

GRANT UPDATE(exceptions) ON TABLE public.inbox TO tannha_service;

-- Name: COLUMN inbox.decided_at; Type: ACL; Schema: public; Owner: -

GRANT UPDATE(decided_at) ON TABLE public.inbox TO tannha_service;

-- Name: COLUMN inbox.after_gap; Type: ACL; Schema: public; Owner: -

GRANT UPDATE(after_gap) ON TABLE public.inbox TO tannha_service;

-- Name: TABLE incident_things; Type: ACL; Schema: public; Owner: -

GRANT SELECT,INSERT,UPDATE ON TABLE public.incident_things TO tannha_service;
GRANT SELECT ON TABLE public.incident_things TO tannha_app;
GRANT SELECT ON TABLE public.incident_things TO tannha_province;

-- Name: TABLE incidents; Type: ACL; Schema: public; Owner: -

GRANT SELECT,INSERT,UPDATE ON TABLE public.incidents TO tannha_service;
GRANT SELECT ON TABLE public.incidents TO tannha_app;
GRANT SELECT ON TABLE public.incidents TO tannha_province;

-- Name: TABLE installation; Type: ACL; Schema: public; Owner: -

GRANT SELECT ON TABLE public.installation TO tannha_app;
GRANT SELECT ON TABLE public.installation TO tannha_service;
GRANT SELECT ON TABLE public.installation TO tannha_province;

-- Name: COLUMN installation.demo; Type: ACL; Schema: public; Owner: -

GRANT UPDATE(demo) ON TABLE public.installation TO tannha_service;

-- Name: TABLE invitation_rules; Type: ACL; Schema: public; Owner: -

GRANT SELECT ON TABLE public.invitation_rules TO tannha_app;
GRANT SELECT ON TABLE public.invitation_rules TO tannha_province;
GRANT SELECT ON TABLE public.invitation_rules TO tannha_service;

-- Name: TABLE invitations; Type: ACL; Schema: public; Owner: -

GRANT SELECT ON TABLE public.invitations TO tannha_app;
GRANT SELECT ON TABLE public.invitations TO tannha_province;
GRANT SELECT,INSERT,UPDATE ON TABLE public.invitations TO tannha_service;

-- Name: TABLE label_sets; Type: ACL; Schema: public; Owner: -

GRANT SELECT ON TABLE public.label_sets TO tannha_app;
GRANT SELECT ON TABLE public.label_sets TO tannha_province;
GRANT SELECT,INSERT,UPDATE ON TABLE public.label_sets TO tannha_service;

-- Name: TABLE lead_units; Type: ACL; Schema: public; Owner: -

GRANT SELECT ON TABLE public.lead_units TO tannha_app;
GRANT SELECT,INSERT ON TABLE public.lead_units TO tannha_service;
GRANT SELECT ON TABLE public.lead_units TO tannha_province;

-- Name: COLUMN lead_units.valid; Type: ACL; Schema: public; Owner: -

GRANT UPDATE(valid) ON TABLE public.lead_units TO tannha_service;

-- Name: TABLE mandates; Type: ACL; Schema: public; Owner: -

GRANT SELECT,INSERT,UPDATE ON TABLE public.mandates TO tannha_service;
GRANT SELECT ON TABLE public.mandates TO tannha_app;
GRANT SELECT ON TABLE public.mandates TO tannha_province;

-- Name: TABLE masters; Type: ACL; Schema: public; Owner: -

GRANT SELECT ON TABLE public.masters TO tannha_app;
GRANT SELECT ON TABLE public.masters TO tannha_province;
GRANT SELECT,INSERT,DELETE ON TABLE public.masters TO tannha_service;

-- Name: TABLE notices; Type: ACL; Schema: public; Owner: -

GRANT SELECT,INSERT ON TABLE public.notices TO tannha_service;

-- Name: COLUMN notices.case_id; Type: ACL; Schema: public; Owner: -

GRANT SELECT(case_id) ON TABLE public.notices TO tannha_app;
GRANT SELECT(case_id) ON TABLE public.notices TO tannha_province;

-- Name: COLUMN notices.notice_id; Type: ACL; Schema: public; Owner: -

GRANT SELECT(notice_id) ON TABLE public.notices TO tannha_app;
GRANT SELECT(notice_id) ON TABLE public.notices TO tannha_province;

-- Name: COLUMN notices.template; Type: ACL; Schema: public; Owner: -

GRANT SELECT(template) ON TABLE public.notices TO tannha_app;
GRANT SELECT(template) ON TABLE public.notices TO tannha_province;

-- Name: COLUMN notices.state; Type: ACL; Schema: public; Owner: -

GRANT UPDATE(state) ON TABLE public.notices TO tannha_service;
GRANT SELECT(state) ON TABLE public.notices TO tannha_app;
GRANT SELECT(state) ON TABLE public.notices TO tannha_province;

-- Name: COLUMN notices.reason; Type: ACL; Schema: public; Owner: -

GRANT UPDATE(reason) ON TABLE public.notices TO tannha_service;
GRANT SELECT(reason) ON TABLE public.notices TO tannha_app;
GRANT SELECT(reason) ON TABLE public.notices TO tannha_province;

-- Name: COLUMN notices.channel; Type: ACL; Schema: public; Owner: -

GRANT UPDATE(channel) ON TABLE public.notices TO tannha_service;
GRANT SELECT(channel) ON TABLE public.notices TO tannha_app;
GRANT SELECT(channel) ON TABLE public.notices TO tannha_province;

-- Name: COLUMN notices.duty_due; Type: ACL; Schema: public; Owner: -

GRANT UPDATE(duty_due) ON TABLE public.notices TO tannha_service;

-- Name: COLUMN notices.occurred_at; Type: ACL; Schema: public; Owner: -

GRANT SELECT(occurred_at) ON TABLE public.notices TO tannha_app;
GRANT SELECT(occurred_at) ON TABLE public.notices TO tannha_province;

-- Name: COLUMN notices.decided_at; Type: ACL; Schema: public; Owner: -

GRANT SELECT(decided_at) ON TABLE public.notices TO tannha_app;
GRANT SELECT(decided_at) ON TABLE public.notices TO tannha_province;

-- Name: COLUMN notices.due_at; Type: ACL; Schema: public; Owner: -

GRANT SELECT(due_at) ON TABLE public.notices TO tannha_app;
GRANT SELECT(due_at) ON TABLE public.notices TO tannha_province;

-- Name: COLUMN notices.next_at; Type: ACL; Schema: public; Owner: -

GRANT UPDATE(next_at) ON TABLE public.notices TO tannha_service;

-- Name: COLUMN notices.tries; Type: ACL; Schema: public; Owner: -

GRANT UPDATE(tries) ON TABLE public.notices TO tannha_service;

-- Name: COLUMN notices.sent_at; Type: ACL; Schema: public; Owner: -

GRANT UPDATE(sent_at) ON TABLE public.notices TO tannha_service;
GRANT SELECT(sent_at) ON TABLE public.notices TO tannha_app;
GRANT SELECT(sent_at) ON TABLE public.notices TO tannha_province;

-- Name: COLUMN notices.sealed; Type: ACL; Schema: public; Owner: -

GRANT UPDATE(sealed) ON TABLE public.notices TO tannha_service;

-- Name: COLUMN notices.pushed_at; Type: ACL; Schema: public; Owner: -

GRANT SELECT(pushed_at) ON TABLE public.notices TO tannha_app;
GRANT SELECT(pushed_at) ON TABLE public.notices TO tannha_province;
GRANT UPDATE(pushed_at) ON TABLE public.notices TO tannha_service;

-- Name: TABLE notices_shown; Type: ACL; Schema: public; Owner: -

GRANT SELECT,INSERT,UPDATE ON TABLE public.notices_shown TO tannha_service;
GRANT SELECT ON TABLE public.notices_shown TO tannha_app;
GRANT SELECT ON TABLE public.notices_shown TO tannha_province;

-- Name: TABLE pages; Type: ACL; Schema: public; Owner: -

GRANT SELECT ON TABLE public.pages TO tannha_app;
GRANT SELECT ON TABLE public.pages TO tannha_province;
GRANT SELECT,INSERT,UPDATE ON TABLE public.pages TO tannha_service;

-- Name: TABLE papers; Type: ACL; Schema: public; Owner: -

GRANT SELECT ON TABLE public.papers TO tannha_app;
GRANT SELECT ON TABLE public.papers TO tannha_province;
GRANT SELECT,INSERT,UPDATE ON TABLE public.papers TO tannha_service;

-- Name: TABLE parcels; Type: ACL; Schema: public; Owner: -

GRANT SELECT ON TABLE public.parcels TO tannha_app;
GRANT SELECT ON TABLE public.parcels TO tannha_province;
GRANT SELECT,INSERT,UPDATE ON TABLE public.parcels TO tannha_service;

-- Name: TABLE parties; Type: ACL; Schema: public; Owner: -

GRANT SELECT ON TABLE public.parties TO tannha_app;
GRANT SELECT ON TABLE public.parties TO tannha_province;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.parties TO tannha_service;

-- Name: TABLE passwords; Type: ACL; Schema: public; Owner: -

GRANT SELECT,INSERT ON TABLE public.passwords TO tannha_service;

-- Name: COLUMN passwords.account; Type: ACL; Schema: public; Owner: -

GRANT UPDATE(account) ON TABLE public.passwords TO tannha_service;

-- Name: COLUMN passwords.hash; Type: ACL; Schema: public; Owner: -

GRANT UPDATE(hash) ON TABLE public.passwords TO tannha_service;

-- Name: COLUMN passwords.set_at; Type: ACL; Schema: public; Owner: -

GRANT UPDATE(set_at) ON TABLE public.passwords TO tannha_service;

-- Name: TABLE payee_accounts; Type: ACL; Schema: public; Owner: -

GRANT SELECT ON TABLE public.payee_accounts TO tannha_app;
GRANT SELECT ON TABLE public.payee_accounts TO tannha_province;
GRANT SELECT,INSERT ON TABLE public.payee_accounts TO tannha_service;

-- Name: COLUMN payee_accounts.valid; Type: ACL; Schema: public; Owner: -

GRANT UPDATE(valid) ON TABLE public.payee_accounts TO tannha_service;

-- Name: TABLE payments; Type: ACL; Schema: public; Owner: -

GRANT SELECT ON TABLE public.payments TO tannha_app;
GRANT SELECT ON TABLE public.payments TO tannha_province;
GRANT SELECT,INSERT,UPDATE ON TABLE public.payments TO tannha_service;

-- Name: TABLE people; Type: ACL; Schema: public; Owner: -

GRANT SELECT ON TABLE public.people TO tannha_app;
GRANT SELECT ON TABLE public.people TO tannha_province;
GRANT SELECT,INSERT ON TABLE public.people TO tannha_service;

-- Name: COLUMN people.name; Type: ACL; Schema: public; Owner: -

GRANT UPDATE(name) ON TABLE public.people TO tannha_service;

-- Name: COLUMN people.folded; Type: ACL; Schema: public; Owner: -

GRANT UPDATE(folded) ON TABLE public.people TO tannha_service;

-- Name: COLUMN people.badge; Type: ACL; Schema: public; Owner: -

GRANT UPDATE(badge) ON TABLE public.people TO tannha_service;

-- Name: COLUMN people.disabled_at; Type: ACL; Schema: public; Owner: -

GRANT UPDATE(disabled_at) ON TABLE public.people TO tannha_service;

-- Name: TABLE personal; Type: ACL; Schema: public; Owner: -

GRANT SELECT ON TABLE public.personal TO tannha_app;
GRANT SELECT ON TABLE public.personal TO tannha_province;
GRANT SELECT,INSERT ON TABLE public.personal TO tannha_service;

-- Name: TABLE pgqueuer; Type: ACL; Schema: public; Owner: -

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.pgqueuer TO tannha_service;
GRANT INSERT ON TABLE public.pgqueuer TO tannha_app;

-- Name: TABLE pgqueuer_log; Type: ACL; Schema: public; Owner: -

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.pgqueuer_log TO tannha_service;

-- Name: TABLE pgqueuer_statistics; Type: ACL; Schema: public; Owner: -

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.pgqueuer_statistics TO tannha_service;

-- Name: TABLE portraits; Type: ACL; Schema: public; Owner: -

GRANT SELECT,INSERT ON TABLE public.portraits TO tannha_service;

-- Name: TABLE presence; Type: ACL; Schema: public; Owner: -

GRANT SELECT,INSERT,UPDATE ON TABLE public.presence TO tannha_service;
GRANT SELECT ON TABLE public.presence TO tannha_app;
GRANT SELECT ON TABLE public.presence TO tannha_province;

-- Name: TABLE procedure_versions; Type: ACL; Schema: public; Owner: -

GRANT SELECT ON TABLE public.procedure_versions TO tannha_app;
GRANT SELECT,INSERT ON TABLE public.procedure_versions TO tannha_service;
GRANT SELECT ON TABLE public.procedure_versions TO tannha_province;

-- Name: COLUMN procedure_versions.valid; Type: ACL; Schema: public; Owner: -

GRANT UPDATE(valid) ON TABLE public.procedure_versions TO tannha_service;

-- Name: TABLE provinces; Type: ACL; Schema: public; Owner: -

GRANT SELECT ON TABLE public.provinces TO tannha_app;
GRANT SELECT,INSERT ON TABLE public.provinces TO tannha_service;
GRANT SELECT ON TABLE public.provinces TO tannha_province;

-- Name: COLUMN provinces.valid; Type: ACL; Schema: public; Owner: -

GRANT UPDATE(valid) ON TABLE public.provinces TO tannha_service;

-- Name: TABLE public_days; Type: ACL; Schema: public; Owner: -

GRANT SELECT ON TABLE public.public_days TO tannha_app;
GRANT SELECT,INSERT ON TABLE public.public_days TO tannha_service;
GRANT SELECT ON TABLE public.public_days TO tannha_province;

-- Name: COLUMN public_days.valid; Type: ACL; Schema: public; Owner: -

GRANT UPDATE(valid) ON TABLE public.public_days TO tannha_service;

-- Name: TABLE push_subscriptions; Type: ACL; Schema: public; Owner: -

GRANT SELECT,INSERT,DELETE ON TABLE public.push_subscriptions TO tannha_service;

-- Name: COLUMN push_subscriptions.vapid_key; Type: ACL; Schema: public; Owner: -

GRANT UPDATE(vapid_key) ON TABLE public.push_subscriptions TO tannha_service;

-- Name: COLUMN push_subscriptions.made_at; Type: ACL; Schema: public; Owner: -

GRANT UPDATE(made_at) ON TABLE public.push_subscriptions TO tannha_service;

-- Name: COLUMN push_subscriptions.sealed; Type: ACL; Schema: public; Owner: -

GRANT UPDATE(sealed) ON TABLE public.push_subscriptions TO tannha_service;

-- Name: TABLE qualifications; Type: ACL; Schema: public; Owner: -

GRANT SELECT ON TABLE public.qualifications TO tannha_app;
GRANT SELECT ON TABLE public.qualifications TO tannha_province;
GRANT SELECT,INSERT ON TABLE public.qualifications TO tannha_service;

-- Name: COLUMN qualifications.taken_at; Type: ACL; Schema: public; Owner: -

GRANT UPDATE(taken_at) ON TABLE public.qualifications TO tannha_service;

-- Name: COLUMN qualifications.taken_by; Type: ACL; Schema: public; Owner: -

GRANT UPDATE(taken_by) ON TABLE public.qualifications TO tannha_service;

-- Name: TABLE questions; Type: ACL; Schema: public; Owner: -

GRANT SELECT,INSERT ON TABLE public.questions TO tannha_service;

-- Name: COLUMN questions.case_id; Type: ACL; Schema: public; Owner: -

GRANT SELECT(case_id) ON TABLE public.questions TO tannha_app;
GRANT SELECT(case_id) ON TABLE public.questions TO tannha_province;

-- Name: COLUMN questions.question_id; Type: ACL; Schema: public; Owner: -

GRANT SELECT(question_id) ON TABLE public.questions TO tannha_app;
GRANT SELECT(question_id) ON TABLE public.questions TO tannha_province;

-- Name: COLUMN questions.state; Type: ACL; Schema: public; Owner: -

GRANT UPDATE(state) ON TABLE public.questions TO tannha_service;
GRANT SELECT(state) ON TABLE public.questions TO tannha_app;
GRANT SELECT(state) ON TABLE public.questions TO tannha_province;

-- Name: COLUMN questions.question; Type: ACL; Schema: public; Owner: -

GRANT UPDATE(question) ON TABLE public.questions TO tannha_service;
GRANT SELECT(question) ON TABLE public.questions TO tannha_app;
GRANT SELECT(question) ON TABLE public.questions TO tannha_province;

-- Name: COLUMN questions.asked_by; Type: ACL; Schema: public; Owner: -

GRANT SELECT(asked_by) ON TABLE public.questions TO tannha_app;
GRANT SELECT(asked_by) ON TABLE public.questions TO tannha_province;

-- Name: COLUMN questions.asked_at; Type: ACL; Schema: public; Owner: -

GRANT SELECT(asked_at) ON TABLE public.questions TO tannha_app;
GRANT SELECT(asked_at) ON TABLE public.questions TO tannha_province;

-- Name: COLUMN questions.answer; Type: ACL; Schema: public; Owner: -

GRANT UPDATE(answer) ON TABLE public.questions TO tannha_service;
GRANT SELECT(answer) ON TABLE public.questions TO tannha_app;
GRANT SELECT(answer) ON TABLE public.questions TO tannha_province;

-- Name: COLUMN questions.answered_by; Type: ACL; Schema: public; Owner: -

GRANT UPDATE(answered_by) ON TABLE public.questions TO tannha_service;
GRANT SELECT(answered_by) ON TABLE public.questions TO tannha_app;
GRANT SELECT(answered_by) ON TABLE public.questions TO tannha_province;

-- Name: COLUMN questions.answered_at; Type: ACL; Schema: public; Owner: -

GRANT UPDATE(answered_at) ON TABLE public.questions TO tannha_service;
GRANT SELECT(answered_at) ON TABLE public.questions TO tannha_app;
GRANT SELECT(answered_at) ON TABLE public.questions TO tannha_province;

-- Name: TABLE readings; Type: ACL; Schema: public; Owner: -

GRANT SELECT,INSERT,UPDATE ON TABLE public.readings TO tannha_service;
GRANT SELECT ON TABLE public.readings TO tannha_app;
GRANT SELECT ON TABLE public.readings TO tannha_province;

-- Name: TABLE reference_blocks; Type: ACL; Schema: public; Owner: -

GRANT SELECT,INSERT ON TABLE public.reference_blocks TO tannha_service;

-- Name: TABLE refunds; Type: ACL; Schema: public; Owner: -

GRANT SELECT ON TABLE public.refunds TO tannha_app;
GRANT SELECT ON TABLE public.refunds TO tannha_province;
GRANT SELECT,INSERT,UPDATE ON TABLE public.refunds TO tannha_service;

-- Name: TABLE registrations; Type: ACL; Schema: public; Owner: -

GRANT SELECT ON TABLE public.registrations TO tannha_app;
GRANT SELECT ON TABLE public.registrations TO tannha_province;
GRANT SELECT,INSERT,UPDATE ON TABLE public.registrations TO tannha_service;

-- Name: TABLE replaced_pictures; Type: ACL; Schema: public; Owner: -

GRANT SELECT,INSERT ON TABLE public.replaced_pictures TO tannha_service;

-- Name: TABLE roles_held; Type: ACL; Schema: public; Owner: -

GRANT SELECT ON TABLE public.roles_held TO tannha_app;
GRANT SELECT ON TABLE public.roles_held TO tannha_province;
GRANT SELECT,INSERT ON TABLE public.roles_held TO tannha_service;

-- Name: COLUMN roles_held.valid; Type: ACL; Schema: public; Owner: -

GRANT UPDATE(valid) ON TABLE public.roles_held TO tannha_service;

-- Name: COLUMN roles_held.taken_at; Type: ACL; Schema: public; Owner: -

GRANT UPDATE(taken_at) ON TABLE public.roles_held TO tannha_service;

-- Name: TABLE run_sheet_lines; Type: ACL; Schema: public; Owner: -

GRANT SELECT,INSERT,UPDATE ON TABLE public.run_sheet_lines TO tannha_service;
GRANT SELECT ON TABLE public.run_sheet_lines TO tannha_app;
GRANT SELECT ON TABLE public.run_sheet_lines TO tannha_province;

-- Name: TABLE same_level_posts; Type: ACL; Schema: public; Owner: -

GRANT SELECT ON TABLE public.same_level_posts TO tannha_app;
GRANT SELECT,INSERT ON TABLE public.same_level_posts TO tannha_service;
GRANT SELECT ON TABLE public.same_level_posts TO tannha_province;

-- Name: COLUMN same_level_posts.valid; Type: ACL; Schema: public; Owner: -

GRANT UPDATE(valid) ON TABLE public.same_level_posts TO tannha_service;

-- Name: TABLE schema_migrations; Type: ACL; Schema: public; Owner: -

GRANT SELECT ON TABLE public.schema_migrations TO tannha_app;
GRANT SELECT ON TABLE public.schema_migrations TO tannha_service;
GRANT SELECT ON TABLE public.schema_migrations TO tannha_province;

-- Name: TABLE security_alarms; Type: ACL; Schema: public; Owner: -

GRANT SELECT ON TABLE public.security_alarms TO tannha_app;
GRANT SELECT ON TABLE public.security_alarms TO tannha_province;
GRANT SELECT,INSERT ON TABLE public.security_alarms TO tannha_service;

-- Name: COLUMN security_alarms.cleared_at; Type: ACL; Schema: public; Owner: -

GRANT UPDATE(cleared_at) ON TABLE public.security_alarms TO tannha_service;

-- Name: COLUMN security_alarms.cleared_by; Type: ACL; Schema: public; Owner: -

GRANT UPDATE(cleared_by) ON TABLE public.security_alarms TO tannha_service;

-- Name: TABLE shifts; Type: ACL; Schema: public; Owner: -

GRANT SELECT ON TABLE public.shifts TO tannha_app;
GRANT SELECT ON TABLE public.shifts TO tannha_province;
GRANT SELECT,INSERT,UPDATE ON TABLE public.shifts TO tannha_service;

-- Name: TABLE sign_in_attempts; Type: ACL; Schema: public; Owner: -

GRANT SELECT,INSERT,DELETE ON TABLE public.sign_in_attempts TO tannha_service;

-- Name: COLUMN sign_in_attempts.failures; Type: ACL; Schema: public; Owner: -

GRANT UPDATE(failures) ON TABLE public.sign_in_attempts TO tannha_service;

-- Name: COLUMN sign_in_attempts.last_at; Type: ACL; Schema: public; Owner: -

GRANT UPDATE(last_at) ON TABLE public.sign_in_attempts TO tannha_service;

-- Name: COLUMN sign_in_attempts.succeeded_at; Type: ACL; Schema: public; Owner: -

GRANT UPDATE(succeeded_at) ON TABLE public.sign_in_attempts TO tannha_service;

-- Name: TABLE signatures; Type: ACL; Schema: public; Owner: -

GRANT SELECT ON TABLE public.signatures TO tannha_app;
GRANT SELECT ON TABLE public.signatures TO tannha_province;
GRANT SELECT,INSERT,UPDATE ON TABLE public.signatures TO tannha_service;

-- Name: TABLE slip_blocks; Type: ACL; Schema: public; Owner: -

GRANT SELECT,INSERT ON TABLE public.slip_blocks TO tannha_service;

-- Name: TABLE subjects; Type: ACL; Schema: public; Owner: -

GRANT SELECT ON TABLE public.subjects TO tannha_province;
GRANT SELECT,INSERT ON TABLE public.subjects TO tannha_service;

-- Name: COLUMN subjects.n; Type: ACL; Schema: public; Owner: -

GRANT UPDATE(n) ON TABLE public.subjects TO tannha_service;

-- Name: COLUMN subjects.head; Type: ACL; Schema: public; Owner: -

GRANT UPDATE(head) ON TABLE public.subjects TO tannha_service;

-- Name: TABLE touches; Type: ACL; Schema: public; Owner: -

GRANT SELECT,INSERT ON TABLE public.touches TO tannha_service;

-- Name: TABLE tracking_tokens; Type: ACL; Schema: public; Owner: -

GRANT SELECT,INSERT,UPDATE ON TABLE public.tracking_tokens TO tannha_service;

-- Name: TABLE unit_areas; Type: ACL; Schema: public; Owner: -

GRANT SELECT ON TABLE public.unit_areas TO tannha_app;
GRANT SELECT,INSERT ON TABLE public.unit_areas TO tannha_service;
GRANT SELECT ON TABLE public.unit_areas TO tannha_province;

-- Name: COLUMN unit_areas.valid; Type: ACL; Schema: public; Owner: -

GRANT UPDATE(valid) ON TABLE public.unit_areas TO tannha_service;

-- Name: TABLE unit_days; Type: ACL; Schema: public; Owner: -

GRANT SELECT ON TABLE public.unit_days TO tannha_app;
GRANT SELECT,INSERT ON TABLE public.unit_days TO tannha_service;
GRANT SELECT ON TABLE public.unit_days TO tannha_province;

-- Name: COLUMN unit_days.valid; Type: ACL; Schema: public; Owner: -

GRANT UPDATE(valid) ON TABLE public.unit_days TO tannha_service;

-- Name: TABLE unit_hours; Type: ACL; Schema: public; Owner: -

GRANT SELECT ON TABLE public.unit_hours TO tannha_app;
GRANT SELECT,INSERT ON TABLE public.unit_hours TO tannha_service;
GRANT SELECT ON TABLE public.unit_hours TO tannha_province;

-- Name: COLUMN unit_hours.valid; Type: ACL; Schema: public; Owner: -

GRANT UPDATE(valid) ON TABLE public.unit_hours TO tannha_service;

-- Name: TABLE unit_stages; Type: ACL; Schema: public; Owner: -

GRANT SELECT ON TABLE public.unit_stages TO tannha_app;
GRANT SELECT,INSERT ON TABLE public.unit_stages TO tannha_service;
GRANT SELECT ON TABLE public.unit_stages TO tannha_province;

-- Name: COLUMN unit_stages.valid; Type: ACL; Schema: public; Owner: -

GRANT UPDATE(valid) ON TABLE public.unit_stages TO tannha_service;

-- Name: TABLE unit_versions; Type: ACL; Schema: public; Owner: -

GRANT SELECT ON TABLE public.unit_versions TO tannha_app;
GRANT SELECT,INSERT ON TABLE public.unit_versions TO tannha_service;
GRANT SELECT ON TABLE public.unit_versions TO tannha_province;

-- Name: COLUMN unit_versions.valid; Type: ACL; Schema: public; Owner: -

GRANT UPDATE(valid) ON TABLE public.unit_versions TO tannha_service;

-- Name: TABLE units; Type: ACL; Schema: public; Owner: -

GRANT SELECT ON TABLE public.units TO tannha_app;
GRANT SELECT,INSERT ON TABLE public.units TO tannha_service;
GRANT SELECT ON TABLE public.units TO tannha_province;

-- Name: TABLE upload_days; Type: ACL; Schema: public; Owner: -

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.upload_days TO tannha_service;

-- Name: TABLE uploads; Type: ACL; Schema: public; Owner: -

GRANT SELECT,INSERT,DELETE ON TABLE public.uploads TO tannha_service;

-- Name: COLUMN uploads.done_at; Type: ACL; Schema: public; Owner: -

GRANT UPDATE(done_at) ON TABLE public.uploads TO tannha_service;

-- Name: TABLE urgings; Type: ACL; Schema: public; Owner: -

GRANT SELECT,INSERT ON TABLE public.urgings TO tannha_service;

-- Name: COLUMN urgings.case_id; Type: ACL; Schema: public; Owner: -

GRANT SELECT(case_id) ON TABLE public.urgings TO tannha_app;
GRANT SELECT(case_id) ON TABLE public.urgings TO tannha_province;

-- Name: COLUMN urgings.urging_id; Type: ACL; Schema: public; Owner: -

GRANT SELECT(urging_id) ON TABLE public.urgings TO tannha_app;
GRANT SELECT(urging_id) ON TABLE public.urgings TO tannha_province;

-- Name: COLUMN urgings.unit_id; Type: ACL; Schema: public; Owner: -

GRANT SELECT(unit_id) ON TABLE public.urgings TO tannha_app;
GRANT SELECT(unit_id) ON TABLE public.urgings TO tannha_province;

-- Name: COLUMN urgings.state; Type: ACL; Schema: public; Owner: -

GRANT UPDATE(state) ON TABLE public.urgings TO tannha_service;
GRANT SELECT(state) ON TABLE public.urgings TO tannha_app;
GRANT SELECT(state) ON TABLE public.urgings TO tannha_province;

-- Name: COLUMN urgings.words; Type: ACL; Schema: public; Owner: -

GRANT UPDATE(words) ON TABLE public.urgings TO tannha_service;
GRANT SELECT(words) ON TABLE public.urgings TO tannha_app;
GRANT SELECT(words) ON TABLE public.urgings TO tannha_province;

-- Name: COLUMN urgings.answer_by; Type: ACL; Schema: public; Owner: -

GRANT SELECT(answer_by) ON TABLE public.urgings TO tannha_app;
GRANT SELECT(answer_by) ON TABLE public.urgings TO tannha_province;

-- Name: COLUMN urgings.urged_by; Type: ACL; Schema: public; Owner: -

GRANT SELECT(urged_by) ON TABLE public.urgings TO tannha_app;
GRANT SELECT(urged_by) ON TABLE public.urgings TO tannha_province;

-- Name: COLUMN urgings.urged_at; Type: ACL; Schema: public; Owner: -

GRANT SELECT(urged_at) ON TABLE public.urgings TO tannha_app;
GRANT SELECT(urged_at) ON TABLE public.urgings TO tannha_province;

-- Name: COLUMN urgings.answer; Type: ACL; Schema: public; Owner: -

GRANT UPDATE(answer) ON TABLE public.urgings TO tannha_service;
GRANT SELECT(answer) ON TABLE public.urgings TO tannha_app;
GRANT SELECT(answer) ON TABLE public.urgings TO tannha_province;

-- Name: COLUMN urgings.answered_by; Type: ACL; Schema: public; Owner: -

GRANT UPDATE(answered_by) ON TABLE public.urgings TO tannha_service;
GRANT SELECT(answered_by) ON TABLE public.urgings TO tannha_app;
GRANT SELECT(answered_by) ON TABLE public.urgings TO tannha_province;

-- Name: COLUMN urgings.answered_at; Type: ACL; Schema: public; Owner: -

GRANT UPDATE(answered_at) ON TABLE public.urgings TO tannha_service;
GRANT SELECT(answered_at) ON TABLE public.urgings TO tannha_app;
GRANT SELECT(answered_at) ON TABLE public.urgings TO tannha_province;

-- Name: TABLE visits; Type: ACL; Schema: public; Owner: -

GRANT SELECT ON TABLE public.visits TO tannha_app;
GRANT SELECT ON TABLE public.visits TO tannha_province;
GRANT SELECT,INSERT,UPDATE ON TABLE public.visits TO tannha_service;

-- PostgreSQL database dump complete
