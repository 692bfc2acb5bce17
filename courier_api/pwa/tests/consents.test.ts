/** Questions that may be refused: who answers them, how they stand, and what a no keeps the phone from. */
import { expect, it } from "vitest";
import { answers, isUnanswered, mayShowPeople } from "../src/consents/answers.ts";
import { answering } from "../src/consents/asking.ts";
import type { Case, Day } from "../src/sync/day.ts";
import { learned } from "../src/sync/day.ts";
import { steps } from "../src/visit/steps.ts";
import { view } from "../src/visit/view.ts";
import { aCase, aDay, aNote, aVisit } from "./days.ts";

const ON = "2026-11-25";

const party = (role: string, name: string, born: string | null = null, kind = "person"): Case["parties"][number] => ({
  party_id: `${role} ${name}`,
  role,
  kind,
  relation: null,
  name,
  born,
  phone: null,
  shared_phone: false,
  authority: null,
  authority_until: null,
  since: null,
});

const asks = (parties: Case["parties"], private_life = true) => {
  const { as, who, child } = answering(parties, private_life, ON);
  return [as, who?.name ?? null, child?.name ?? null];
};

it("an adult answers, or who stands for them by law", () => {
  expect(asks([party("owner", "Sáu", "1950")])).toEqual(["owner", "Sáu", null]);
  expect(asks([party("owner", "Sáu", "1950"), party("filer", "Tư", "1980")])).toEqual(["owner", "Sáu", null]);
  expect(asks([party("owner", "Sáu", "1950"), party("representative", "Ba")])).toEqual(["representative", "Ba", null]);
});

it("for a child the representative answers, and from seven years the child too where its private life is asked about", () => {
  const mother = party("representative", "Mẹ", "1990-01-01");
  const born = (day: string) => [party("owner", "Bé", day), mother];
  expect(asks(born("2019-11-25"))).toEqual(["representative", "Mẹ", "Bé"]);
  expect(asks(born("2019-11-26"))).toEqual(["representative", "Mẹ", null]);
  expect(asks(born("2019-11-25"), false)).toEqual(["representative", "Mẹ", null]);
  expect(asks(born("2019")), "seven at the most: asked too").toEqual(["representative", "Mẹ", "Bé"]);
  expect(asks(born("2020"))).toEqual(["representative", "Mẹ", null]);
  expect(asks([party("owner", "Bé", "2019-11-25")]), "a parent whom nobody wrote down").toEqual([
    "representative",
    null,
    "Bé",
  ]);
  expect(asks(born("2008-11-26")), "not eighteen yet").toEqual(["representative", "Mẹ", "Bé"]);
  expect(asks([party("owner", "Bé", "2008-11-25")])).toEqual(["owner", "Bé", null]);
});

it("whose age nobody knows, and an organisation, answer for themselves unless somebody stands for them", () => {
  expect(asks([party("owner", "Ai")])).toEqual(["owner", "Ai", null]);
  expect(asks([party("owner", "Công ty", null, "organisation")])).toEqual(["owner", "Công ty", null]);
  expect(asks([party("owner", "Công ty", null, "organisation"), party("representative", "Ba")])).toEqual([
    "representative",
    "Ba",
    null,
  ]);
  expect(asks([])).toEqual(["owner", null, null]);
});

const asked = (extra: string, version = "1"): Day["extras"][number] => ({
  extra,
  version,
  vi: "?",
  en: "?",
  sha256: "0",
  private_life: true,
});

const known = (consents: Case["consents"] = [], more: Partial<Day> = {}) =>
  learned(
    null,
    aDay({
      full: true,
      extras: [asked("photo_of_person"), asked("zalo_messages")],
      cases: [aCase("A", { consents })],
      visits: [aVisit("v", "A", { state: "arrived" })],
      ...more,
    }),
    new Set(),
  );

const told = (extra: string, state: string, version = "1") => ({ extra, state, version, answered_as: "owner" });
const said = (extra: string, given: boolean) => aNote("record_consent", "v", "A", { extra, given, version: "1" });
const stands = (day: ReturnType<typeof known>, notes: ReturnType<typeof aNote>[]) =>
  [...answers(day, "A", notes)].map(([extra, { state }]) => `${extra} ${state}`);

it("the last answer counts, and taken back it is taken back", () => {
  const yes = said("zalo_messages", true);
  expect(stands(known(), [yes])).toEqual(["zalo_messages given"]);
  expect(stands(known(), [yes, said("zalo_messages", false)])).toEqual(["zalo_messages declined"]);
  const back = { ...yes, kind: "withdraw_consent", body: { extra: "zalo_messages" } };
  expect(stands(known(), [yes, back])).toEqual(["zalo_messages withdrawn"]);
  expect(stands(known([told("zalo_messages", "given")]), [back])).toEqual(["zalo_messages withdrawn"]);
});

it("what the centre has heard since counts more than what was said here before", () => {
  const heard = { ...said("zalo_messages", true), seq: 1 };
  const day = known([told("zalo_messages", "withdrawn")], { next_seq: 2 });
  expect(stands(day, [heard])).toEqual(["zalo_messages withdrawn"]);
  expect(stands(day, [heard, { ...heard, seq: 2 }]), "asked again here").toEqual(["zalo_messages given"]);
});

it("an answer to an older text leaves the question open, and can still be taken back", () => {
  const day = known([told("zalo_messages", "given", "0")]);
  const answered = answers(day, "A", []);
  expect(day.extras.map((one) => isUnanswered(one, answered))).toEqual([true, true]);
  expect(view(day, day.visits[0]!, []).agreed).toEqual(["zalo_messages"]);
});

it("nobody is photographed who has not said yes", () => {
  expect(mayShowPeople(known(), ["A"], [])).toBe(false);
  expect(mayShowPeople(known(), ["A"], [said("photo_of_person", false)])).toBe(false);
  expect(mayShowPeople(known(), ["A"], [said("photo_of_person", true)])).toBe(true);
  expect(mayShowPeople(known(), ["A", "B"], [said("photo_of_person", true)])).toBe(false);
  expect(mayShowPeople(known(), [], [said("photo_of_person", true)])).toBe(false);
  expect(mayShowPeople(null, ["A"], [])).toBe(false);
});

it("asking stands after the notice, ticked once all is answered; with a result only where something can be taken back", () => {
  const here = (day: ReturnType<typeof known>, notes: ReturnType<typeof aNote>[], change = {}) => {
    const part = { ...day.visits[0]!, ...change };
    return steps({ part, one: day.cases.A, forms: [], view: view(day, part, notes) });
  };
  const ticked = (lines: ReturnType<typeof steps>) => lines.find((one) => one.step === "consents")?.done;
  const all = [said("photo_of_person", false), said("zalo_messages", false)];
  expect(
    here(known(), [])
      .map((one) => one.step)
      .slice(0, 4),
  ).toEqual(["identity", "notice", "consents", "papers"]);
  expect(ticked(here(known(), all.slice(1)))).toBe(false);
  expect(ticked(here(known(), all))).toBe(true);
  expect(ticked(here(known(), all, { purpose: "deliver" }))).toBeUndefined();
  expect(ticked(here(known([told("zalo_messages", "given")]), [], { purpose: "deliver" }))).toBe(true);
});
