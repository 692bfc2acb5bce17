/** Answers the centre's own tests: reads questions, one a line of JSON, puts them to the app's code, writes one line each.
 * Bytes are written in base64url. */
import "fake-indexeddb/auto";
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { type Bytes, base64url, fromBase64url } from "../src/acts/bytes.ts";
import { type Envelope, personalPart, write } from "../src/acts/envelope.ts";
import { derived, newId } from "../src/acts/ids.ts";
import { type Facts, type RuleFile, RuleTable } from "../src/acts/rules.ts";
import { type CentreKey, seal } from "../src/acts/sealing.ts";
import { answering } from "../src/consents/asking.ts";
import { fromBase32, hotp, totp } from "../src/day/code.ts";
import { localDate } from "../src/device/clock.ts";
import { isSigned, nextKey, type Point } from "../src/device/key.ts";
import { type Asked, prove } from "../src/device/proof.ts";
import { type Corners, framed } from "../src/documents/corners.ts";
import { measured, verdict } from "../src/documents/quality.ts";
import { contentHash } from "../src/eforms/canonical.ts";
import { wrongFields } from "../src/eforms/checking.ts";
import type { Filled, Form } from "../src/eforms/form.ts";
import { reference } from "../src/fees/reference.ts";
import { encoded, type Transfer } from "../src/fees/vietqr.ts";
import { isWord } from "../src/giving/word.ts";
import { type Acting, authorityLive, mayAct, type Shown } from "../src/mandates/authority.ts";
import { type Component, needs } from "../src/registering/needs.ts";
import { type FeeLine, quote, type Told } from "../src/registering/quoting.ts";
import { itemNumber, setNumber } from "../src/scanning/item.ts";
import { type Says, signing } from "../src/signing/modes.ts";
import type { Case as OfDay } from "../src/sync/day.ts";
import { inWords } from "../src/words/amounts.ts";
import { folded } from "../src/words/text.ts";

const tables = new Map<string, RuleTable>();

interface Case {
  file: string;
  machine: string;
  state: string;
  act: string;
  facts: Facts;
}

function table(file: string): RuleTable {
  const known = tables.get(file) ?? new RuleTable(JSON.parse(readFileSync(file, "utf8")) as RuleFile);
  tables.set(file, known);
  return known;
}

const read = (text: string): Bytes => fromBase64url(text);

/** By name, as a question says in `ask`. */
const ANSWERS = {
  judge({ file, machine, state, act, facts }: Case) {
    const rules = table(file);
    const judged = rules.judge(machine, state, act, { ...rules.usual(), ...facts });
    const lands = rules.lands(machine, act, state);
    if (judged.allowed) return { to: judged.to, lands };
    return { reason: judged.reason, lands, ...rules.refusal(judged.reason, machine, state, act) };
  },

  async act({ envelope, personal }: { envelope: Envelope & { at: number }; personal: Record<string, unknown> | null }) {
    const key = await nextKey();
    const part = personal && personalPart(personal);
    const data = await write({ ...envelope, occurred_at: new Date(envelope.at) }, part);
    return {
      envelope: base64url(data),
      personal: part && base64url(part),
      signature: base64url(await key.sign(data)),
      jwk: key.jwk,
    };
  },

  async seal({ key, plain }: { key: CentreKey; plain: string }) {
    return base64url(await seal(key, read(plain)));
  },

  async prove(asked: Asked) {
    return prove(await nextKey(), asked);
  },

  async signed({ jwk, data, signature }: { jwk: Point; data: string; signature: string }) {
    return isSigned(jwk, read(data), read(signature));
  },

  async code({ secret, at, step, digits }: { secret: string; at: number; step: number; digits: number }) {
    return totp(fromBase32(secret), at, step, digits);
  },

  async longer({ secret, challenge, digits }: { secret: string; challenge: number; digits: number }) {
    return hotp(fromBase32(secret), challenge, digits);
  },

  references({ numbers }: { numbers: number[] }) {
    return numbers.map(reference);
  },

  transfer(asked: Transfer) {
    return encoded(asked);
  },

  words({ texts }: { texts: string[] }) {
    return texts.map(isWord);
  },

  amounts({ amounts }: { amounts: number[] }) {
    return amounts.map(inWords);
  },

  sets({ labels }: { labels: string[] }) {
    return labels.map((label) => [setNumber(label), itemNumber(setNumber(label) ?? -1)]);
  },

  consent({ parties, private_life, on }: { parties: OfDay["parties"]; private_life: boolean; on: string }) {
    const { as, child } = answering(parties, private_life, on);
    return { as, child: child !== null };
  },

  may_act({ acting, relation, shown, on }: { acting: Acting; relation: string | null; shown: Shown[]; on: string }) {
    return mayAct(acting, relation, shown, on);
  },

  /** Of somebody met in a case: whether they may act there. */
  authority({ one, met, acting, on }: { one: OfDay; met: string; acting: Acting; on: string }) {
    return authorityLive(one, { party: "", party_id: met, means: "card_seen" }, acting, on);
  },

  signing({ says, document, on }: { says: Says | null; document: string; on: string }) {
    return signing(says, document, on);
  },

  /** `file`: the working picture, RGBA; `width` and `height` of the picture it was cut from. */
  page({ file, width, height, corners }: { file: string; width: number; height: number; corners: Corners | null }) {
    const where = framed(width, height, corners);
    const [across, down] = where.size;
    const measures = measured({ data: readFileSync(file), width: across, height: down }, where);
    return { size: where.size, measures, verdict: verdict(measures) };
  },

  ids({ times }: { times: number[] }) {
    return times.map((at) => newId(at));
  },

  derived({ parts }: { parts: string[] }) {
    return derived(...parts);
  },

  folded({ texts }: { texts: string[] }) {
    return texts.map(folded);
  },

  needs({ components }: { components?: Component[] }) {
    return needs(components);
  },

  quote({ fees, told }: { fees?: FeeLine[]; told: Told }) {
    return quote(fees, told);
  },

  /** Of many filled forms of one version: the fields that are wrong, and the hash. */
  async forms({ form, filled }: { form: Form; filled: Filled[] }) {
    const version = form["x-version"];
    return Promise.all(filled.map(async (one) => [wrongFields(form, one), await contentHash(version, one)]));
  },

  day({ at }: { at: number }) {
    return localDate(at);
  },
};

for await (const line of createInterface({ input: process.stdin })) {
  const question = JSON.parse(line) as { ask: keyof typeof ANSWERS };
  const answer = ANSWERS[question.ask] as (question: unknown) => unknown;
  let said: string;
  try {
    said = JSON.stringify({ answer: await answer(question) });
  } catch (error) {
    said = JSON.stringify({ thrown: String(error) });
  }
  process.stdout.write(`${said}\n`);
}
