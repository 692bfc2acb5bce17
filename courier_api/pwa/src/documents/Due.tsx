/** Ảnh còn phải chụp: what was put off at a door, case by case. */
import "./words.ts";
import { day, notes } from "../state.ts";
import { back, go } from "../where.ts";
import { say } from "../words/index.ts";
import { picturesDue } from "./due.ts";

export function Due() {
  const known = day.value;
  const due = known ? picturesDue(known, notes.value) : [];
  return (
    <main class="page">
      <h1>{say("picturesDueTitle")}</h1>
      {due.length === 0 && <p class="state">{say("noPicturesDue")}</p>}
      <ul class="list">
        {due.map(({ visit_id, case_id, owner, papers }) => (
          <li key={`${visit_id} ${case_id}`} class="line">
            <p class="head">{owner}</p>
            <button
              type="button"
              onClick={() => go({ at: "step", visit: visit_id, case: case_id, step: "photographs" })}
            >
              {say("takeDue", { n: papers.length, name: owner })}
            </button>
          </li>
        ))}
      </ul>
      <button type="button" onClick={back}>
        {say("back")}
      </button>
    </main>
  );
}
