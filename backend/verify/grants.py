"""Who may do what: append-only tables stay so, nobody has more than the migrations give, and a commit lasts."""

from backend.verify.database import Snapshot
from backend.verify.declared import Declared, Grant
from backend.verify.report import Report

ROLES = ("tannha_app", "tannha_service", "tannha_province")
APPEND_ONLY = frozenset({"acts", "entries", "personal", "touches", "checkpoints", "slip_blocks", "card_look_ups"})
"""Nobody who serves people changes or removes a row of these, whatever a migration may say."""
NEVER_REMOVED = frozenset({"inbox", "subjects", "data_keys", "exceptions", "cases", "papers", "parcels", "devices"})
NEVER_CHANGED = {"inbox": frozenset({"made_by", "id", "source", "seq", "fingerprint", "data", "signature"})}
SAFE = {"synchronous_commit": "on", "fsync": "on", "full_page_writes": "on"}


async def check_grants(snapshot: Snapshot, report: Report, said: Declared) -> None:
    """Codes `grant.*`, `role.*`, `setting.*`."""
    given = await _given(snapshot)
    for grant in sorted(given):
        if _forbidden(grant):
            _differs(report, "grant.append-only", grant, found=grant.privilege)
    known = said.grants | {Grant("schema_migrations", "", "SELECT", role) for role in ROLES}
    for grant in sorted(given - known):
        _differs(report, "grant.extra", grant, found=grant.privilege)
    for grant in sorted(known - given):
        _differs(report, "grant.missing", grant, expected=grant.privilege)
    await _roles(snapshot, report)
    await _settings(snapshot, report)


def _forbidden(grant: Grant) -> bool:
    if grant.table in APPEND_ONLY:
        return grant.privilege in ("UPDATE", "DELETE", "TRUNCATE")
    if grant.privilege in ("DELETE", "TRUNCATE"):
        return grant.table in NEVER_REMOVED
    kept = NEVER_CHANGED.get(grant.table, frozenset())
    return grant.privilege == "UPDATE" and bool(kept) and (not grant.column or grant.column in kept)


def _differs(report: Report, code: str, grant: Grant, *, expected: object = None, found: object = None) -> None:
    key = {"table": grant.table, "column": grant.column, "role": grant.role}
    report.differs(code, "pg_class" if not grant.column else "pg_attribute", key, expected=expected, found=found)


async def _given(snapshot: Snapshot) -> set[Grant]:
    """What everybody but the owner may do with tables, columns and sequences."""
    rows = await snapshot.all(
        """SELECT c.relname AS table, '' AS column, x.privilege_type AS privilege,
                  CASE x.grantee WHEN 0 THEN 'public' ELSE pg_get_userbyid(x.grantee) END AS role
           FROM pg_class AS c CROSS JOIN LATERAL aclexplode(c.relacl) AS x
           WHERE c.relnamespace = 'public'::regnamespace AND x.grantee <> c.relowner
           UNION ALL
           SELECT c.relname, a.attname, x.privilege_type,
                  CASE x.grantee WHEN 0 THEN 'public' ELSE pg_get_userbyid(x.grantee) END
           FROM pg_class AS c JOIN pg_attribute AS a ON a.attrelid = c.oid
           CROSS JOIN LATERAL aclexplode(a.attacl) AS x
           WHERE c.relnamespace = 'public'::regnamespace AND x.grantee <> c.relowner"""
    )
    return {Grant(row["table"], row["column"], row["privilege"], row["role"]) for row in rows}


async def _roles(snapshot: Snapshot, report: Report) -> None:
    """None of ours is stronger than it must be, owns a table, or may make something in the schema."""
    for row in await snapshot.all(
        """SELECT r.rolname, r.rolsuper, r.rolbypassrls, r.rolcreaterole, r.rolcreatedb, r.rolreplication
           FROM pg_roles AS r WHERE r.rolname = ANY($1::text[])
             AND (r.rolsuper OR r.rolbypassrls OR r.rolcreaterole OR r.rolcreatedb OR r.rolreplication)""",
        [*ROLES, "tannha_owner"],
    ):
        found = [name for name in row.keys() if row[name] is True]  # noqa: SIM118  (a record iterates over values)
        report.differs("role.too-strong", "pg_roles", {"role": row["rolname"]}, expected=[], found=found)
    for row in await snapshot.all(
        """SELECT m.member::regrole::text AS member, m.roleid::regrole::text AS role FROM pg_auth_members AS m
           WHERE m.member::regrole::text = ANY($1::text[])
             AND NOT (m.member::regrole::text = 'tannha_app'
                      AND m.roleid::regrole::text IN ('tannha_service', 'tannha_province'))""",
        [*ROLES],
    ):
        report.differs("role.too-strong", "pg_auth_members", {"role": row["member"]}, found=row["role"])
    for row in await snapshot.all(
        """SELECT r.rolname AS role FROM pg_roles AS r
           WHERE r.rolname = ANY($1::text[]) AND has_schema_privilege(r.oid, 'public', 'CREATE')""",
        [*ROLES],
    ):
        report.differs("role.too-strong", "pg_namespace", {"role": row["role"]}, found="CREATE in public")
    for row in await snapshot.all(
        """SELECT relname, pg_get_userbyid(relowner) AS owner FROM pg_class
           WHERE relnamespace = 'public'::regnamespace AND pg_get_userbyid(relowner) = ANY($1::text[])""",
        [*ROLES],
    ):
        found = row["owner"]
        report.differs("role.too-strong", "pg_class", {"table": row["relname"]}, expected="another owner", found=found)


async def _settings(snapshot: Snapshot, report: Report) -> None:
    """As whoever signs in gets them, and as set for any role or database of ours."""
    for row in await snapshot.all(
        "SELECT name, setting FROM pg_settings WHERE name = ANY($1::text[]) ORDER BY name", list(SAFE)
    ):
        if row["setting"] != SAFE[row["name"]]:
            key = {"name": row["name"]}
            report.differs("setting.unsafe", "pg_settings", key, expected=SAFE[row["name"]], found=row["setting"])
    for row in await snapshot.all(
        """SELECT coalesce(s.setrole::regrole::text, '') AS role, coalesce(d.datname, '') AS database, c.text
           FROM pg_db_role_setting AS s LEFT JOIN pg_database AS d ON d.oid = s.setdatabase
           CROSS JOIN LATERAL unnest(s.setconfig) AS c (text)
           WHERE s.setdatabase IN (0, (SELECT oid FROM pg_database WHERE datname = current_database()))"""
    ):
        name, _, value = row["text"].partition("=")
        if value != SAFE.get(name, value):
            key = {"name": name, "role": row["role"], "database": row["database"]}
            report.differs("setting.unsafe", "pg_db_role_setting", key, expected=SAFE[name], found=value)
