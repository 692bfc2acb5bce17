/** Signed or pressed in ink on the printed page, which is then photographed. */
import { useSignal } from "@preact/signals";
import { mayShowPeople } from "../consents/answers.ts";
import { Camera } from "../documents/Camera.tsx";
import { Choice } from "../parts/Choice.tsx";
import { Form, Send } from "../parts/Form.tsx";
import { day, notes } from "../state.ts";
import { useSaving } from "../visit/step.tsx";
import { say } from "../words/index.ts";
import { type Finger, onPaper, type ToSign } from "./doing.ts";

const FINGERS = ["index", "middle", "ring", "little", "thumb"] as const;
const HANDS = ["right", "left"] as const;

export function OnPaper({ to, inTheWay, pressed }: { to: ToSign; inTheWay: () => string | null; pressed: boolean }) {
  const { wrong, busy, save } = useSaving();
  const hand = useSignal<string>("right");
  const finger = useSignal<string>("index");
  const shooting = useSignal(false);

  if (shooting.value) {
    return (
      <Camera
        title={say("signedPage")}
        people={mayShowPeople(day.value, [to.case_id], notes.value)}
        take={async (picture) => {
          const which = pressed ? ({ hand: hand.value, finger: finger.value } as Finger) : null;
          await save(async () => {
            await onPaper(to, picture, which);
            return null;
          });
          // Not kept: the sentence that says why stands under the form.
          if (wrong.value !== null) shooting.value = false;
        }}
        leave={() => {
          shooting.value = false;
        }}
      />
    );
  }

  async function shoot(): Promise<string | null> {
    const wrongNow = inTheWay();
    if (wrongNow === null) shooting.value = true;
    return wrongNow;
  }

  return (
    <Form
      send={async () => {
        wrong.value = await shoot();
      }}
    >
      <p>{say(pressed ? "pressLead" : "inkLead")}</p>
      {pressed && (
        <Choice legend={say("whichHand")} chosen={hand} among={HANDS.map((one) => [one, say(`${one}Hand`)])} />
      )}
      {pressed && (
        <Choice legend={say("whichFinger")} chosen={finger} among={FINGERS.map((one) => [one, say(`${one}Finger`)])} />
      )}
      <Send wrong={wrong.value} busy={busy.value} word={say("photographSigned")} />
    </Form>
  );
}
