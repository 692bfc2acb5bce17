/** How far a transfer is, in words: states of the machine `payment`. */
import { say } from "../words/index.ts";

const WORDS: Record<string, Parameters<typeof say>[0]> = {
  waiting_transfer: "waiting_transfer",
  said_sent: "said_sent",
  credited: "credited",
  short: "sentTooLittle",
  over: "sentTooMuch",
};

export const transferState = (state: string): string => say(WORDS[state] ?? "waiting_transfer");
