/** In which form copies are taken: as the list of the procedure accepts them. */
import { expect, it } from "vitest";
import { copyForm, copyForms } from "../src/visit/forms.ts";

it("offers what the list accepts, the first of it as the usual one", () => {
  const among = copyForms(["original", "certified_copy", "plain_copy", "electronic_copy"]);
  expect(among).toEqual(["certified_copy", "plain_copy"]);
  expect(copyForm(among, undefined)).toBe("certified_copy");
  expect(copyForm(among, "plain_copy")).toBe("plain_copy");
  expect(copyForms(["register_copy"])).toEqual(["register_copy"]);
});

it("where nobody has found out, a copy is plain until somebody says what it is", () => {
  for (const listed of [null, undefined, [], ["original", "in_database"]]) {
    expect(copyForms(listed)).toEqual(["plain_copy", "certified_copy", "register_copy"]);
    expect(copyForm(copyForms(listed), undefined)).toBe("plain_copy");
  }
});

it("what was chosen under another list is not kept where this one does not accept it", () => {
  expect(copyForm(copyForms(["certified_copy"]), "plain_copy")).toBe("certified_copy");
});
