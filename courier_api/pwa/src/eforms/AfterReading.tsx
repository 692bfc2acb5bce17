/** A form that was read back: signed on paper in one of the modes that it takes, bound to exactly what was read. */
import { localDate } from "../device/clock.ts";
import { signing } from "../signing/modes.ts";
import { SignHere } from "../signing/SignHere.tsx";
import { now } from "../state.ts";
import type { Here } from "../visit/here.ts";
import { contentOf } from "../visit/names.ts";
import { say } from "../words/index.ts";
import type { Reading } from "./declared.ts";
import type { Form } from "./form.ts";
import { parts } from "./lines.ts";

interface Asked {
  here: Here;
  form: Form;
  reading: Reading;
  change: () => void;
}

export function AfterReading({ here, form, reading, change }: Asked) {
  const { document, form_version, content_sha256: sha256, filled, signed, voided } = reading;
  const lines = filled ? parts(form, filled).flatMap((part) => part.lines) : [];
  const { modes } = signing(contentOf(here), document, localDate(now.value));
  return (
    <>
      <p class="state" role="status">
        {say(signed ? "formSigned" : "formRead")}
      </p>
      {voided && !signed && <p class="notice">{say("oldSignatureVoid")}</p>}
      {!filled && <p class="soft">{say("formElsewhere")}</p>}
      {!signed && modes.length === 0 && <p class="notice">{say("cannotSignForm")}</p>}
      {!signed && modes.length > 0 && (
        <SignHere
          here={here}
          document={document}
          signer={here.one?.parties.some((party) => party.role === "filer") ? "filer" : "owner"}
          lines={[form.title.toUpperCase(), ...lines.map((line) => line.written)]}
          inTheWay={() => null}
          word={say("citizenSigned")}
          content={{ sha256, form_version }}
        />
      )}
      <p class="soft">{say("changeVoids")}</p>
      <button type="button" onClick={change}>
        {say(filled ? "changeForm" : "fillAnew")}
      </button>
    </>
  );
}
