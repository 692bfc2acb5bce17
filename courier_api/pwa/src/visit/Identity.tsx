import { useSignal } from "@preact/signals";
import { localDate } from "../device/clock.ts";
import { closedTo, mayActNow } from "../mandates/authority.ts";
import { Offer } from "../mandates/Offer.tsx";
import { Choice } from "../parts/Choice.tsx";
import { Form, Send } from "../parts/Form.tsx";
import { agrees, type Card, readCard, whose } from "../scanning/card.ts";
import { Scanner } from "../scanning/Scanner.tsx";
import { now } from "../state.ts";
import type { Case } from "../sync/day.ts";
import { say, written } from "../words/index.ts";
import { checkIdentity, type Met } from "./doing.ts";
import type { Here } from "./here.ts";
import { contentOf } from "./names.ts";
import { RESULT_GOES_OUT } from "./purpose.ts";
import { type StepProps, useSaving } from "./step.tsx";

/** Means of identity (F05): what was looked at. A QR fills in, and proves nothing. */
export const MEANS = ["card_seen", "vneid", "passport", "birth_certificate", "known_to_witness"] as const;
const ANOTHER = "another";
const ROLES = ["owner", "filer", "representative", "authorised", "recipient"];

/** Whoever is met is asked once, for all cases of the house where the same person stands. */
export function Identity({ here, house }: StepProps) {
  const { wrong, busy, save } = useSaving();
  const met = useSignal("");
  const means = useSignal("");
  const reading = useSignal(false);
  const read = useSignal<string | null>(null);
  // Of the household, where any adult of it may receive: nobody in the case is.
  const another = RESULT_GOES_OUT.has(here.part.purpose) && here.one?.recipient_class === "household";
  const parties = (here.one?.parties ?? []).filter((party) => ROLES.includes(party.role) && party.kind === "person");

  async function keep(): Promise<string | null> {
    if (met.value === ANOTHER && means.value !== "") {
      const anybody = { case_id: here.part.case_id, party: "recipient", party_id: null };
      await checkIdentity(here.part.visit_id, [anybody], means.value);
      return null;
    }
    const party = parties.find((one) => one.party_id === met.value);
    if (!party || means.value === "") return say("chooseBoth");
    const as = house.flatMap((each): Met[] => {
      const same = each.one?.parties.find(
        (one) => one.name === party.name && one.born === party.born && ROLES.includes(one.role),
      );
      if (!same || each.view.over || (each.view.identified && !isAnother(each, here, same.party_id))) return [];
      return [{ case_id: each.part.case_id, party: same.role, party_id: same.party_id }];
    });
    await checkIdentity(here.part.visit_id, as, means.value);
    return null;
  }

  /** Chooses whose card it is. What was looked at is still for the courier to say. */
  function take(code: string): boolean {
    reading.value = false;
    const card = readCard(code);
    const same = card && whose(card, parties);
    met.value = same?.party_id ?? "";
    read.value = same ? say(agrees(card, same) === "yes" ? "cardAgrees" : "cardAgreesByName", told(card)) : null;
    wrong.value = card ? (same ? null : say("cardOfAnother", told(card))) : say("noCard");
    return true;
  }

  if (reading.value) {
    const leave = () => {
      reading.value = false;
    };
    return <Scanner take={take} leave={leave} inside />;
  }
  return (
    <Form send={() => save(keep)}>
      <button
        type="button"
        onClick={() => {
          reading.value = true;
        }}
      >
        {say("readCard")}
      </button>
      <p class="state" role="status">
        {read.value}
      </p>
      <Choice
        legend={say("whoIsMet")}
        chosen={met}
        among={[
          ...parties.map((party): [string, string] => [
            party.party_id,
            [party.name, party.born && say("bornIn", { when: written(party.born) }), say(party.role as "owner")]
              .filter(Boolean)
              .join(" · "),
          ]),
          ...(another ? [[ANOTHER, say("anotherOfTheHouse")] as [string, string]] : []),
        ]}
      />
      <NotToday here={here} met={parties.find((one) => one.party_id === met.value)} />
      <Offer here={here} />
      <Choice legend={say("shownPaper")} chosen={means} among={MEANS.map((one) => [one, say(one)])} />
      <Send wrong={wrong.value} busy={busy.value} word={say("identityChecked")} />
    </Form>
  );
}

/** Whoever may not act is met all the same: that is a fact. It is said before anything is taken or handed over. */
function NotToday({ here: { one, part }, met }: { here: Here; met: Case["parties"][number] | undefined }) {
  const acting = contentOf({ one })?.acting ?? null;
  if (!met || mayActNow(one, met, acting, localDate(now.value))) return null;
  return <p class="notice">{say(closedTo(one, part.purpose, acting) ?? "notLiveToday", { name: met.name })}</p>;
}

/** Where it was asked, somebody else may be met after the first; for the other cases of the house once is enough. */
const isAnother = (each: Here, here: Here, party_id: string): boolean =>
  each === here && each.view.met?.party_id !== party_id;

const told = ({ name, born }: Card) => ({ name, born: written(born) });
