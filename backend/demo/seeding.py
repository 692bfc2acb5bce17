"""Fills an empty installation: offices, people, label sets, and cases that have come some way."""

from datetime import UTC, datetime, time, timedelta

from backend import seeds
from backend.clock import VIETNAM, local_date
from backend.database import Transaction
from backend.demo import queries
from backend.demo.bags import a_fall, bags
from backend.demo.cases import CaseStory, Place
from backend.demo.cast import Member, cast, colleague, posts_today, unit_names
from backend.demo.citizens import CITIZENS, COMMUNES, MY_HIEP, MY_THO, SECOND, Citizen
from backend.demo.crowd import fill
from backend.demo.handout import CaseIn, Handout, LabelIn
from backend.demo.opening import DAYS_BEFORE, next_open_day, open_until
from backend.demo.past import Past
from backend.demo.payees import handed_out, payees
from backend.demo.planning import NIGHT, PLANNING
from backend.demo.road import OVERNIGHT, ROAD
from backend.demo.staffing import hire, train
from backend.dossiers.tokens import token
from backend.fees import payment_queries as payments
from backend.fees.notices import secret
from backend.keys import KeyRing, Purpose
from backend.parcels import queries as parcels
from backend.parcels.cards import card_again
from backend.parcels.model import LabelSet
from backend.staff.model import Role
from backend.units import demo as demo_units
from backend.units import service as units
from backend.units.demo import HOTLINE, demo_unit_id
from backend.units.model import UnitKind

LANS_FIRST_SET = 412
"""Of the stories: Lan holds the sets 00412-00431, Tú the twenty after them."""
_PER_COURIER, _IN_STOCK, _STOCK_OF_FIRST, _POSTS_BEFORE = 20, 30, 150, 3
_STEPS = PLANNING | ROAD
_YESTERDAY = time(14, 30)
"""When the last of what happened before the demo began, on the day before, in Việt Nam."""
_BAGS_AFTER = timedelta(minutes=45)


async def seed(tx: Transaction, ring: KeyRing, at: datetime, crowd: int) -> Handout:
    """Into an empty installation. `at`: the time by the demo's clock. `crowd`: appointments of today beside the named
    cases. Raises WentWrong."""
    await seeds.load(tx, local_date(at))
    await units.add(tx, demo_units.demo_units())
    await open_until(tx, posts_today(), local_date(at))
    await payments.add_payees(tx, accounts := payees())
    everybody = cast()
    couriers, desks = await hire(tx, everybody, at)
    await train(tx, everybody, at)
    past = Past(tx, ring, at - timedelta(days=DAYS_BEFORE))
    sets = await _label_sets(past, everybody)
    places = {account: await _place(past, everybody, sets, account, at) for account in (MY_HIEP, SECOND, MY_THO)}
    stories = [await _told(past, places[citizen.courier], citizen, at) for citizen in CITIZENS]
    past.at = _last(at) + _BAGS_AFTER
    await bags(past, stories)
    await a_fall(past, places[MY_HIEP])
    past.at = _last(at)
    await fill(past, everybody, crowd, local_date(at))
    past.at = at
    for place in places.values():
        await past.put_away(place.phone, colleague(place.post, Role.HEAD_OF_POST, everybody), place.post)
    return Handout(
        base="",
        now=at,
        couriers=couriers,
        desks=desks,
        units=unit_names(),
        cases=[await _case_in(past, story, at) for story in stories],
        labels=[_label(ring, label_set) for label_set in sets if label_set.label not in past.bound],
        payees=[handed_out(account) for account in accounts],
        bank_secret=secret(ring.current(Purpose.PAYMENT, at).material),
        portal_secret=ring.current(Purpose.PORTAL, at).material.hex(),
    )


async def _label_sets(past: Past, everybody: tuple[Member, ...]) -> list[LabelSet]:
    """Every courier has sets in the pouch, every post some in stock: one series, handed out by its dispatcher."""
    posts, first = posts_today(), 1
    administrator = next(member for member in everybody if member.account == "dung")
    for post in [*posts[1 : 1 + _POSTS_BEFORE], posts[0], *posts[1 + _POSTS_BEFORE :]]:
        couriers = [member for member in everybody if member.courier_at == post]
        stock = _STOCK_OF_FIRST if post == posts[0] else _IN_STOCK
        count = stock + _PER_COURIER * len(couriers)
        await past.on_stock(administrator, post, "print_label_sets", {"first": first, "count": count})
        given = LANS_FIRST_SET if post == posts[0] else first
        for number, courier in enumerate(couriers):
            begin = given + _PER_COURIER * number
            body = {"courier": str(courier.id), "numbers": list(range(begin, begin + _PER_COURIER))}
            await past.on_stock(colleague(post, Role.DISPATCHER, everybody), post, "issue_label_sets", body)
        first += count
    return await parcels.label_sets_by_number(past.tx, range(1, first))


def _label(ring: KeyRing, label_set: LabelSet) -> LabelIn:
    card = card_again(ring, label_set)
    return LabelIn(
        number=label_set.number,
        label=label_set.label,
        item_number=label_set.item_number,
        card_token=card.token,
        look_up_number=card.look_up_number,
        hand_over_word=card.word,
        holder=label_set.holder,
    )


def _last(at: datetime) -> datetime:
    last = datetime.combine(local_date(at) - timedelta(days=1), _YESTERDAY, VIETNAM)
    return last.astimezone(UTC)


async def _told(past: Past, place: Place, citizen: Citizen, at: datetime) -> CaseStory:
    """The case's story, so that it has come to where it stands by yesterday afternoon."""
    past.at = _last(at) - NIGHT * len(OVERNIGHT.intersection(citizen.steps))
    story = CaseStory(past, place, citizen)
    for step in citizen.steps:
        if step in OVERNIGHT:
            past.at += NIGHT
        await _STEPS[step](story)
    return story


async def _case_in(past: Past, story: CaseStory, at: datetime) -> CaseIn:
    cards = await parcels.cards_of(past.tx, story.case)
    return CaseIn(
        case_id=story.case,
        token=token(past.ring.current(Purpose.TRACKING, at), story.case, 1),
        state=await queries.state_of(past.tx, story.case),
        dossier_code=story.code,
        owner=story.citizen.name,
        unit=story.place.post,
        look_up_number=None if not cards else card_again(past.ring, cards[0]).look_up_number,
    )


async def _place(past: Past, everybody: tuple[Member, ...], sets: list[LabelSet], account: str, at: datetime) -> Place:
    """Where that courier works, with a phone of earlier days."""
    by_account = {member.account: member for member in everybody}
    courier = by_account[account]
    code, identifier = COMMUNES[account]
    post, one_stop, agency = (demo_unit_id(kind, code) for kind in (UnitKind.POST, UnitKind.ONE_STOP, UnitKind.AGENCY))
    return Place(
        commune=code,
        identifier=identifier,
        post=post,
        one_stop=one_stop,
        agency=agency,
        dispatcher=colleague(post, Role.DISPATCHER, everybody),
        officer=colleague(one_stop, Role.ONE_STOP_OFFICER, everybody),
        operator=by_account["kim"],
        hotline=HOTLINE,
        courier=courier,
        phone=await past.phone_of(courier, colleague(post, Role.HEAD_OF_POST, everybody)),
        lan=by_account["lan"],
        tu=by_account["tu"],
        labels=[label_set.label for label_set in sets if label_set.holder == courier.id],
        today=local_date(at),
        next_day=await next_open_day(past.tx, post, local_date(at)),
    )
