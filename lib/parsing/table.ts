/** A row of a table. `line` counts from 1, as an editor and a spreadsheet do: the line on which the row begins. */
export type TableRow = { line: number; cells: string[] };

/** Why a row cannot be taken apart. `cell` counts from 0; `value` is what stands there. */
export type TableFault = {
  because:
    | "open_quote"
    | "line_too_long"
    | "too_many_cells"
    /** The sheet shows an error there, such as #REF!. */
    | "cell_error"
    /** A number of more digits than a cell keeps: its end is lost. */
    | "long_number"
    /** Of merged cells only the first has a value. They are named at the end of a sheet; `value` is their range. */
    | "merged_cells"
    /** The file breaks its own rules there. */
    | "unreadable";
  line: number;
  cell: number;
  value: string;
};
