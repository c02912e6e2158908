import { DashboardPage } from "@/app/dashboard/_components/dashboard-page";
import { requireStaffUser } from "@/lib/server/auth/session";

/** What every page of the dashboard costs before it lists anything. Only ever copied into the bench's own tree. */
export default async function EmptyDashboardPage() {
  return (
    <DashboardPage merchant={await requireStaffUser()} title="">
      {null}
    </DashboardPage>
  );
}
