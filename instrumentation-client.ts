// Runs in the browser, before the page is taken over.
import { withPatientRefresh } from "./app/_components/patient-refresh";

window.fetch = withPatientRefresh(window.fetch.bind(window));
