/** What is in the bag besides cash: papers of citizens, by case. */
import { inHand } from "../state.ts";
import { say } from "../words/index.ts";

export function Held() {
  const { held } = inHand.value;
  return (
    <section class="card">
      <h2>{say("papersHeld")}</h2>
      {held.length === 0 ? (
        <p>{say("noPapersHeld")}</p>
      ) : (
        <ul>
          {held.map((one) => (
            <li key={one.case_id}>{say("papersOf", { name: one.owner, n: one.papers })}</li>
          ))}
        </ul>
      )}
    </section>
  );
}
