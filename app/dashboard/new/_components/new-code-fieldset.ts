import type { FormMetadata } from "@conform-to/react";
import type { Choice } from "./choices";
import type { FormValues } from "./field-names";
import type { FormParts } from "./offers";

/** What each part of the form gets: the fields, and the channel and kind of code that are chosen. */
export type FieldsProps = {
  fields: ReturnType<FormMetadata<FormValues>["getFieldset"]>;
  choice: Choice;
  parts: FormParts;
};
