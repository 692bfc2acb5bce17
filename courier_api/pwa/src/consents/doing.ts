/** Answers, as acts: one question each; taken back as easily as given. */
import { does, onEach } from "../acts/tell.ts";
import type { Place } from "../device/place.ts";
import type { Extra } from "./answers.ts";

export interface Said {
  given: boolean;
  answered_as: "owner" | "representative";
  /** null: no child was asked. */
  child_agrees: boolean | null;
}

/** The question whose yes is to be followed by a place. */
export const keepsPlace = (asked: Extra): boolean => asked.extra === "place_mark";

/** `place`: where the house is, with a yes to keeping it. */
export const answer = (
  parts: readonly { visit_id: string; case_id: string }[],
  asked: Extra,
  said: Said,
  place?: Place,
) =>
  onEach("record_consent", parts, ({ visit_id, case_id }) => ({
    case_id,
    body: { extra: asked.extra, version: asked.version, text_sha256: asked.sha256, ...said, visit_id },
    personal: place && { place },
  }));

export const takeBack = (case_id: string, extra: string) => does("withdraw_consent", case_id, { extra });
