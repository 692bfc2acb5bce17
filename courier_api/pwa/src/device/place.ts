/** Where the phone is, as far as it can say that at once: nobody waits for satellites. */

export interface Place {
  lat: number;
  lon: number;
  /** Metres. */
  accuracy: number;
  /** Seconds. */
  age: number;
}

const WITHIN = 4000;

export async function whereNow(): Promise<Place | undefined> {
  const found = await new Promise<GeolocationPosition | null>((resolve) => {
    if (!navigator.geolocation) return resolve(null);
    const options = { enableHighAccuracy: true, timeout: WITHIN, maximumAge: 60_000 };
    navigator.geolocation.getCurrentPosition(resolve, () => resolve(null), options);
    setTimeout(() => resolve(null), WITHIN + 500);
  });
  if (!found) return undefined;
  const { latitude, longitude, accuracy } = found.coords;
  const age = Math.max(0, Math.round((Date.now() - found.timestamp) / 1000));
  return { lat: latitude, lon: longitude, accuracy: Math.round(accuracy), age };
}
