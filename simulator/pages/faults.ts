import { z } from "zod";
import { channels } from "../channels/list";
import { type Fault, FaultKind, faultNotes, getFaultStage } from "../core/faults";
import { listSwitches, type SwitchRow } from "../core/switches";
import { addFault, ArmRequest, removeFaults, setSwitches } from "../control/mutations";
import { html, type Html } from "./html";
import { renderPage, seeOther } from "./layout";
import { type PageContext, parseForm } from "./page-context";

const shownParameters = ["ms", "seconds", "amount", "delta", "status", "code", "message", "location"];

function faultItem(fault: Fault): Html {
  const target = [fault.customer, fault.invoice, fault.channel].filter(Boolean).join(", ") || "anyone";
  const entries = new Map(Object.entries(fault));
  const parameters = [...shownParameters, "forever"]
    .filter((name) => entries.get(name) !== undefined)
    .map((name) => `${name} ${String(entries.get(name))}`);
  const left = fault.left === null ? "until removed" : `${fault.left} left`;
  return html`<li>
    <div class="spread"><b>${fault.kind}</b><span class="tag warn">${left}</span></div>
    <p class="small wrap">
      ${faultNotes[fault.kind].meaning} For ${target}, on
      ${getFaultStage(fault)}${parameters.length > 0 ? `, ${parameters.join(", ")}` : ""}; used ${fault.used}
      times.
    </p>
    <form method="post" action="/faults/remove">
      <input type="hidden" name="id" value="${fault.id}" /><button
        class="danger"
        aria-label="Remove ${fault.kind}"
      >
        Remove
      </button>
    </form>
  </li>`;
}

function kindOption(kind: FaultKind): Html {
  const { stage, meaning, parameters } = faultNotes[kind];
  return html`<option value="${kind}">
    ${stage}: ${kind} – ${meaning}${parameters ? ` (${parameters})` : ""}
  </option>`;
}

const textField = (name: string, label: string, hint = ""): Html =>
  html`<div class="field">
    <label for="fault-${name}">${label}${hint && html`<span class="small">${hint}</span>`}</label
    ><input type="text" id="fault-${name}" name="${name}" autocomplete="off" />
  </div>`;

function addForm(): Html {
  const options = channels.map(({ id }) => html`<option>${id}</option>`);
  return html`<form method="post" action="/faults/add">
    <div class="field">
      <label for="fault-kind">What goes wrong</label
      ><select id="fault-kind" name="kind">
        ${FaultKind.options.map(kindOption)}
      </select>
    </div>
    <div class="fields">
      ${textField("customer", "Customer")}${textField("invoice", "Invoice number")}
      <div class="field">
        <label for="fault-channel">Channel</label
        ><select id="fault-channel" name="channel">
          <option>any</option>
          ${options}
        </select>
      </div>
      <div class="field">
        <label for="fault-on">Aimed at</label
        ><select id="fault-on" name="on">
          <option value="">where it belongs</option>
          <option value="change">update and cancel (PATCH)</option>
        </select>
      </div>
      <div class="field">
        <label for="fault-times">How often</label
        ><input type="number" id="fault-times" name="times" min="1" value="1" />
      </div>
    </div>
    <details>
      <summary><b>Parameters</b></summary>
      <div class="fields">
        ${shownParameters.map((name) => textField(name, name))}
        <div class="field">
          <label class="choice"><input type="checkbox" name="forever" value="1" />forever</label>
        </div>
      </div>
    </details>
    <button class="main">Arm this fault</button>
  </form>`;
}

function switchControl(row: SwitchRow): Html {
  if (typeof row.value === "boolean") {
    return html`<span class="hit"
      ><input
        type="checkbox"
        id="switch-${row.id}"
        name="${row.id}"
        value="1"
        ${row.value && html` checked`}
      /><span class="small">default ${row.initial ? "on" : "off"}</span></span
    >`;
  }
  if (!row.choices) {
    return html`<input
      type="number"
      id="switch-${row.id}"
      name="${row.id}"
      min="0"
      value="${String(row.value)}"
    />`;
  }
  const options = row.choices.map(
    (choice) => html`<option${choice === row.value && html` selected`}>${choice}</option>`,
  );
  return html`<select id="switch-${row.id}" name="${row.id}">
    ${options}
  </select>`;
}

function switchRow(row: SwitchRow): Html {
  const changed = row.value !== row.initial;
  return html`<div class="switch ${changed && "changed"}">
    <div>
      <label for="switch-${row.id}">${row.id}</label
      >${changed && html` <span class="tag warn">changed</span>`}
      <div class="small">${row.meaning} <span class="wrap">Protocol ${row.section}.</span></div>
    </div>
    ${switchControl(row)}
  </div>`;
}

export function faultsPage(c: PageContext, problem = "") {
  const { faults, switches } = c.var.sandbox.state;
  return renderPage(c, {
    title: "Faults and switches",
    current: "/faults",
    status: problem === "" ? 200 : 400,
    body: html`${problem !== "" && html`<div class="notice bad" role="alert"><p class="wrap">${problem}</p></div>`}
      <div class="grid two">
        <section class="card">
          <h2>Arm a fault</h2>
          ${addForm()}
        </section>
        <section class="card">
          <h2>Armed faults</h2>
          ${
            faults.length > 0
              ? html`<ul class="list">
                    ${faults.map(faultItem)}
                  </ul>
                  <form method="post" action="/faults/remove">
                    <button class="danger">Remove all</button>
                  </form>`
              : html`<p class="small">None. DOKU behaves.</p>`
          }
        </section>
      </div>
      <section class="card" id="switches">
        <h2>Switches</h2>
        <p class="small">What DOKU's documents leave open or contradict. The shop must work either way.</p>
        <form method="post" action="/switches">
          ${listSwitches(switches).map(switchRow)}
          <div class="sticky row"><button class="main">Save the switches</button></div>
        </form>
      </section>
      <section class="card">
        <h2>Start over</h2>
        <p class="small">
          Forgets codes, payments, notifications, faults, switches and calls, and sets the clock to real time.
        </p>
        <form method="post" action="/reset"><button class="danger">Forget everything</button></form>
      </section>`,
  });
}

const numberFields = new Set(["times", "ms", "seconds", "amount", "delta", "status"]);

export async function addFaultByForm(c: PageContext) {
  const form = await parseForm(c);
  const filled = [...form].filter(([, value]) => value.trim() !== "");
  const typed = filled.map(([name, value]) => [name, numberFields.has(name) ? Number(value) : value.trim()]);
  const request = { ...Object.fromEntries(typed), ...(form.has("forever") ? { forever: true } : {}) };
  const parsed = ArmRequest.safeParse(request);
  if (!parsed.success) return faultsPage(c, z.prettifyError(parsed.error));
  addFault(c.var.sandbox, parsed.data);
  return seeOther(c, "/faults");
}

export async function removeFaultsByForm(c: PageContext) {
  const id = (await parseForm(c)).get("id") ?? undefined;
  removeFaults(c.var.sandbox, { id });
  return seeOther(c, "/faults");
}

/** A form leaves out boxes that are not ticked, so a switch that is missing is off. */
export async function setSwitchesByForm(c: PageContext) {
  const form = await parseForm(c);
  const values = listSwitches(c.var.sandbox.state.switches).map((row) => {
    const given = form.get(row.id);
    if (typeof row.value === "boolean") return [row.id, given !== null];
    return [row.id, row.choices ? (given ?? row.value) : Number(given ?? row.value)];
  });
  try {
    setSwitches(c.var.sandbox, Object.fromEntries(values));
  } catch (error) {
    if (error instanceof z.ZodError) return faultsPage(c, z.prettifyError(error));
    throw error;
  }
  return seeOther(c, "/faults#switches");
}
