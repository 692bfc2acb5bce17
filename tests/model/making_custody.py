"""Bodies of what moves papers, parcels, label sets and bags."""

from uuid import UUID

from backend.ids import uuid7
from tests.builders_acts import Body, offered, received, sealed
from tests.model.known import Making, Wanted

STRANGE_LABEL = "TN-OF-ANOTHER-PROVINCE"


class Custody(Making):
    """Each is named as its kind."""

    def _label(self) -> str:
        """Rather a set of one's own that was not used yet; sometimes one of a colleague, or of nobody."""
        own = self.shared.labels.get(self.me, []) if not self.at_desk else self.shared.in_hand
        if own and self.often(0.75):
            return own.pop() if self.often(0.8) else own[-1]
        return self.chance.choice(
            [label for labels in self.shared.labels.values() for label in labels] or [STRANGE_LABEL]
        )

    def seal(self) -> Wanted:
        loose: list[Body] = [{"id": one} for one in self.known.told.get("papers_here", [])] if self.at_desk else []
        papers = self.some(loose or self.known.papers, {"id": str(uuid7())})
        body = sealed(self.visit, self._label(), papers, seal_number=f"NP-{self.chance.randrange(10**6)}")
        if self.known.parcels and self.often(0.1):
            body["parcel_id"] = self.known.parcels[-1]
        else:
            self.known.parcels.append(body["parcel_id"])
        return Wanted(body)

    def relabel(self) -> Wanted:
        body = {"parcel_id": self.parcel, "label": self._label(), "seal_number": f"S-{self.chance.randrange(999)}"}
        return Wanted(body | {"photographs": ["c" * 64]})

    def offer(self) -> Wanted:
        """Of what one has, to whoever may come for it."""
        couriers = [{"kind": "courier", "id": str(person)} for person in self.shared.labels if person != self.me]
        to = self.either(self.office("post"), self.office("one_stop"), *couriers)
        parcels, papers = self._things()
        body = offered(to, *parcels, papers=papers)
        giver = self.mine() if not self.at_desk else self.office(self.either("post", "one_stop", "agency"))
        self.known.offers.append((body, giver))
        return Wanted(body)

    def _things(self) -> tuple[list[str], list[str]]:
        parcels = [*self.known.parcels, *(parcel for _, parcel in self.known.results)]
        papers = [one["id"] for one in self.known.papers]
        if self.at_desk:
            parcels, papers = self.known.told.get("here", []), self.known.told.get("papers_here", [])
        if parcels and self.often(0.75):
            return self.some(parcels, str(uuid7())), []
        return [], self.some(papers, str(uuid7()))

    def receive(self) -> Wanted:
        """What was offered; or what nobody offered, or less of it, or in a worse condition."""
        if not self.known.offers or self.often(0.1):
            self.offer()
        to_me = [one for one in self.known.offers if self._is_for_me(one[0]["to"])]
        offer, giver = self.one(to_me, self.known.offers[-1])
        receiver = offer["to"] if self._is_for_me(offer["to"]) else self._own()
        body = received(offer, giver, receiver)
        if self.often(0.1):
            body["condition"] = self.either("torn", "wet")
        return Wanted(body)

    def _is_for_me(self, to: Body) -> bool:
        return to == self.mine() if not self.at_desk else UUID(to["id"]) in self.shared.offices_of(self.me)

    def _own(self) -> Body:
        if not self.at_desk:
            return self.mine()
        return {"kind": "unit", "id": str(self.shared.offices_of(self.me)[0])}

    def hand_back_papers(self) -> Wanted:
        return Wanted(self.at | {"paper_ids": self.some([one["id"] for one in self.known.papers], str(uuid7()))})

    def open_seal(self) -> Wanted:
        return Wanted({"parcel_id": self.parcel, "counted": self.either(1, 1, 2, 0)})

    def open_on_record(self) -> Wanted:
        second = self.shared.people[self.either("ut", "hung", "clerk")]
        body = {"parcel_id": self.parcel, "second": str(second), "counted": self.either(0, 1, 1, 2)}
        return Wanted(body | {"seal_number": f"R-{self.chance.randrange(999)}", "reason": "torn"})

    def release_result(self) -> Wanted:
        paper, parcel = str(uuid7()), str(uuid7())
        self.known.results.append((paper, parcel))
        return Wanted({"paper_id": paper, "parcel_id": parcel, "component": "ket_qua"})

    def open_result(self) -> Wanted:
        _, parcel = self.result
        return Wanted(self.at | {"parcel_id": parcel, "recipient_class": self.either("owner", "owner", "household")})

    def reseal(self) -> Wanted:
        _, parcel = self.result
        return Wanted(self.at | {"parcel_id": parcel, "seal_number": f"NP-{self.chance.randrange(10**6)}"})

    def hand_over_result(self) -> Wanted:
        paper, _ = self.result
        body = {
            "paper_ids": [paper],
            "recipient_class": self.either("owner", "owner", "registered", "household"),
            "relationship": self.either("owner", "child"),
            "means": self.either("card_seen", "card_seen", "none"),
        }
        return Wanted(self.at | body, {"word": "SAI"} if self.often(0.2) else None)

    def _named(self) -> Body:
        if self.often(0.5) and self.known.parcels:
            return {"parcel_ids": [self.parcel], "paper_ids": []}
        return {"parcel_ids": [], "paper_ids": [self.paper]}

    def record_loss(self) -> Wanted:
        return Wanted({"incident_id": self.one(self.shared.incidents, str(uuid7()))} | self._named())

    def record_found(self) -> Wanted:
        unit = {"unit": str(self.shared.units["post"])} if self.at_desk else {}
        return Wanted({"incident_id": self.one(self.shared.incidents, str(uuid7()))} | self._named() | unit)

    # Label sets: stock of the post

    def _of_stock(self, body: Body) -> Wanted:
        return Wanted(body, subject=("unit", self.shared.units["post"]))

    def _numbers(self) -> list[int]:
        all_numbers = [number for numbers in self.shared.numbers.values() for number in numbers]
        own = self.shared.numbers.get(self.me, []) if not self.at_desk else all_numbers
        return sorted(
            {self.chance.choice(own if own and self.often(0.9) else all_numbers) for _ in range(self.either(1, 2))}
        )

    def print_label_sets(self) -> Wanted:
        first, count = self.shared.next_set, self.either(1, 3)
        self.shared.numbers[self.shared.units["post"]] += list(range(first, first + count))
        return self._of_stock({"first": first, "count": count})

    def issue_label_sets(self) -> Wanted:
        courier = self.either(*self.shared.labels, self.shared.people["clerk"], self.shared.people["lent"])
        stock = self.shared.numbers[self.shared.units["post"]]
        numbers = [stock.pop()] if stock and self.often(0.8) else self._numbers()
        self.shared.numbers.setdefault(courier, []).extend(numbers)
        return self._of_stock({"courier": str(courier), "numbers": numbers})

    def return_label_sets(self) -> Wanted:
        return self._of_stock({"numbers": self._numbers()})

    def void_label_sets(self) -> Wanted:
        return self._of_stock({"numbers": self._numbers(), "reason": "torn"})

    def record_label_loss(self) -> Wanted:
        return self._of_stock({"numbers": self._numbers(), "reason": "not_found"})

    # Bags

    def _bag(self, *states: str) -> UUID:
        return UUID(self.one(self.listed("bag", *states) or self.shared.bags, str(uuid7())))

    def open_bag(self) -> Wanted:
        bag = self.new(self.shared.bags)
        to = {"unit": str(self.shared.units["post"]), "to_unit": str(self.shared.units["one_stop"])}
        return Wanted({"tag": f"TM-{self.chance.randrange(30):04}"} | to, subject=("bag", UUID(bag)))

    def put_in_bag(self) -> Wanted:
        return Wanted({"bag_id": str(self._bag("filling")), "parcel_id": self.parcel})

    def take_out_of_bag(self) -> Wanted:
        """Rather one that is in it."""
        full = [bag for bag in self.shared.bags if self.known.told.get(f"bag:{bag}")]
        bag = self.one(full, str(self._bag("filling")))
        return Wanted({"bag_id": bag, "parcel_id": self.one(self.known.told.get(f"bag:{bag}", []), self.parcel)})

    def _in_bag(self, bag: UUID) -> list[Body]:
        return [
            {"case_id": str(known.case), "parcel_id": parcel}
            for known in self.cases
            for parcel in known.told.get(f"bag:{bag}", [])
        ]

    def close_bag(self) -> Wanted:
        bag = self._bag("filling")
        return Wanted({"parcels": self._in_bag(bag), "seal_number": "T-77"}, subject=("bag", bag))

    def offer_bag(self) -> Wanted:
        bag = self._bag("tied")
        return Wanted({"announced": len(self._in_bag(bag))}, subject=("bag", bag))

    def receive_bag(self) -> Wanted:
        bag = self._bag("offered", "tied")
        inside = self._in_bag(bag)
        body = {
            "unit": str(self.shared.units["one_stop"]),
            "found": [],
            "missing": inside,
            "seal_intact": self.often(0.9),
        }
        return Wanted(body, subject=("bag", bag))

    def sign_bag_record(self) -> Wanted:
        bag = self._bag("offered", "received", "received_with_difference")
        side = "giver" if self.shared.units["post"] in self.shared.offices_of(self.me) else "receiver"
        body = {"side": side, "found": 0, "announced": len(self._in_bag(bag)), "shown_sha256": "b" * 64}
        return Wanted(body, subject=("bag", bag))

    def settle_bag(self) -> Wanted:
        return Wanted({"reason": "incident"}, subject=("bag", self._bag("received_with_difference")))
