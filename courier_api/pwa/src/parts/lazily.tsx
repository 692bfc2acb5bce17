/** A page that is loaded when it is first opened: the first screen comes sooner, and the service worker has all of it. */
import { useSignal } from "@preact/signals";
import type { ComponentType } from "preact";
import { useEffect } from "preact/hooks";

/** Nothing is shown until it is there, which without a network takes no longer. */
export function lazily<Props extends object>(load: () => Promise<ComponentType<Props>>): ComponentType<Props> {
  let loaded: ComponentType<Props> | null = null;
  return function Lazily(props: Props) {
    const ready = useSignal(loaded !== null);
    useEffect(() => {
      if (loaded === null)
        void load().then((page) => {
          loaded = page;
          ready.value = true;
        });
    }, []);
    const Page = loaded;
    return ready.value && Page ? <Page {...props} /> : null;
  };
}
