"""People of the service: who they are, what they may do where, and that it ends at once when it ends."""

from datetime import date, datetime
from uuid import UUID

import msgspec

from backend.database import Transaction
from backend.staff import device_queries, passwords, queries
from backend.staff.errors import BadAccount, BadBadge, BadName, RoleEndsBeforeItBegins
from backend.staff.model import ACCOUNT, BADGE, LONGEST_NAME, Person, RoleHeld
from backend.text import gate


async def save_person(tx: Transaction, person: Person) -> None:
    """Adds or changes. Raises BadName, BadBadge, BadgeTaken, UnusableCharacter."""
    name = " ".join(gate(person.name, pointer="/name").split())
    if not 1 <= len(name) <= LONGEST_NAME:
        raise BadName
    if not BADGE.fullmatch(person.badge):
        raise BadBadge
    await queries.save_person(tx, msgspec.structs.replace(person, name=name))


async def disable_person(tx: Transaction, person: UUID, *, at: datetime) -> None:
    """Ends every session at once, at desks and on phones. Raises PersonUnknown."""
    known = await queries.get_person(tx, person)
    if known.disabled_at is None:
        await queries.save_person(tx, msgspec.structs.replace(known, disabled_at=at))
    await queries.end_desk_sessions_of(tx, person, at=at, because="disabled")
    await device_queries.end_sessions_of_person(tx, person, at=at, because="disabled")


async def enable_person(tx: Transaction, person: UUID) -> None:
    """Raises PersonUnknown."""
    known = await queries.get_person(tx, person)
    await queries.save_person(tx, msgspec.structs.replace(known, disabled_at=None))


async def give_role(tx: Transaction, held: RoleHeld) -> None:
    """Raises RoleAlreadyHeld, RoleEndsBeforeItBegins."""
    if held.until is not None and held.until < held.since:
        raise RoleEndsBeforeItBegins
    await queries.add_role(tx, held)
    await queries.end_desk_sessions_of(tx, held.person_id, at=held.recorded_at, because="role_changed")


async def end_role(tx: Transaction, role: UUID, *, last_day: date) -> None:
    """Its last day is `last_day`. Raises RoleNotHeld, RoleEndsBeforeItBegins."""
    held = await queries.get_role(tx, role)
    if last_day < held.since:
        raise RoleEndsBeforeItBegins
    await queries.save_role_end(tx, msgspec.structs.replace(held, until=last_day))


async def take_role(tx: Transaction, role: UUID, *, at: datetime) -> None:
    """Takes it away at once, whatever its last day. Raises RoleNotHeld."""
    held = await queries.get_role(tx, role)
    await queries.save_role_end(tx, msgspec.structs.replace(held, taken_at=held.taken_at or at))
    await queries.end_desk_sessions_of(tx, held.person_id, at=at, because="role_changed")


async def set_password(tx: Transaction, person: UUID, *, account: str, password: str, at: datetime) -> None:
    """Ends the sessions at desks. Raises BadAccount, WeakPassword, AccountTaken, PersonUnknown."""
    account = account.strip().lower()
    if not ACCOUNT.fullmatch(account):
        raise BadAccount
    passwords.check_strength(password, account=account)
    await queries.get_person(tx, person)
    await queries.save_password(tx, person, account=account, hash=await passwords.hash_of(password), at=at)
    await queries.end_desk_sessions_of(tx, person, at=at, because="password_changed")
