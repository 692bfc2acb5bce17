/** Which screen comes. */
import { takeNewVersion, waitingVersion } from "./awake.ts";
import { Today } from "./day/Today.tsx";
import { ChoosePin } from "./device/ChoosePin.tsx";
import { Enrol } from "./device/Enrol.tsx";
import { Revoked } from "./device/Revoked.tsx";
import { SignIn } from "./device/SignIn.tsx";
import { Unlock } from "./device/Unlock.tsx";
import { lazily } from "./parts/lazily.tsx";
import { gate } from "./state.ts";
import { back, where } from "./where.ts";
import { say } from "./words/index.ts";

const AtThePost = lazily(async () => (await import("./custody/AtThePost.tsx")).AtThePost);
const MyCode = lazily(async () => (await import("./day/MyCode.tsx")).MyCode);
const SketchPage = lazily(async () => (await import("./day/SketchPage.tsx")).SketchPage);
const Due = lazily(async () => (await import("./documents/Due.tsx")).Due);
const Relabel = lazily(async () => (await import("./scanning/Relabel.tsx")).Relabel);
const Scan = lazily(async () => (await import("./scanning/Scan.tsx")).Scan);
const ShiftPage = lazily(async () => (await import("./shift/Shift.tsx")).ShiftPage);
const Begin = lazily(async () => (await import("./shift/Begin.tsx")).Begin);
const PayIn = lazily(async () => (await import("./shift/PayIn.tsx")).PayIn);
const Close = lazily(async () => (await import("./shift/Close.tsx")).Close);
const Report = lazily(async () => (await import("./incidents/Report.tsx")).Report);
const Lengthen = lazily(async () => (await import("./device/Lengthen.tsx")).Lengthen);
const SignOut = lazily(async () => (await import("./device/SignOut.tsx")).SignOut);
const OnThisPhone = lazily(async () => (await import("./sync/OnThisPhone.tsx")).OnThisPhone);
const VisitPage = lazily(async () => (await import("./visit/Visit.tsx")).VisitPage);
const Registering = lazily(async () => (await import("./registering/Registering.tsx")).Registering);
const StepPage = lazily(async () => (await import("./visit/StepPage.tsx")).StepPage);

export function App() {
  return (
    <>
      {waitingVersion.value && (
        <div class="notice" role="status">
          {say("newVersion")}
          <button type="button" onClick={takeNewVersion}>
            {say("takeNewVersion")}
          </button>
        </div>
      )}
      <Behind />
    </>
  );
}

function Behind() {
  switch (gate.value) {
    case "starting":
      return null;
    case "enrol":
      return <Enrol />;
    case "choose pin":
      return <ChoosePin />;
    case "sign in":
      return <SignIn />;
    case "locked":
      return <Unlock />;
    case "revoked":
      return <Revoked />;
    case "open":
      return <Open />;
  }
}

function Open() {
  const place = where.value;
  switch (place.at) {
    case "today":
      return <Today />;
    case "my code":
      return <MyCode />;
    case "sketch":
      return <SketchPage />;
    case "scan":
      return <Scan />;
    case "on this phone":
      return <OnThisPhone />;
    case "at the post":
      return <AtThePost only={place.thing ?? null} />;
    case "pictures due":
      return <Due />;
    case "relabel":
      return <Relabel case_id={place.case} parcel_id={place.parcel} />;
    case "registering":
      return <Registering />;
    case "shift":
      return <ShiftPage />;
    case "begin shift":
      return <Begin />;
    case "pay in":
      return <PayIn />;
    case "close shift":
      return <Close />;
    case "incident":
      return <Report />;
    case "lengthen":
      return <Lengthen leave={back} />;
    case "sign out":
      return <SignOut />;
    case "visit":
      return <VisitPage visit={place.visit} />;
    case "step":
      return <StepPage />;
  }
}
