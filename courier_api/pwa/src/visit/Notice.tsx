import { day } from "../state.ts";
import { language, say } from "../words/index.ts";
import { showNotice } from "./doing.ts";
import { type StepProps, useSaving } from "./step.tsx";

/** Thông báo xử lý dữ liệu (F19): told, never asked. */
export function Notice({ here, house }: StepProps) {
  const { busy, save } = useSaving();
  const [notice] = day.value?.notices ?? [];
  if (!notice) return <p class="notice">{say("noNotice")}</p>;

  async function told(how: "read" | "shown"): Promise<null> {
    const untold = house.filter(({ view }) => !view.over && !view.noticed).map(({ part }) => part.case_id);
    await showNotice(here.part.visit_id, untold, how);
    return null;
  }

  return (
    <>
      <p class="read">{language.value === "en" ? notice.en : notice.vi}</p>
      <div class="pair">
        <button type="button" class="main" aria-busy={busy.value} onClick={() => void save(() => told("read"))}>
          {say("wasRead")}
        </button>
        <button type="button" aria-busy={busy.value} onClick={() => void save(() => told("shown"))}>
          {say("wasShown")}
        </button>
      </div>
    </>
  );
}
