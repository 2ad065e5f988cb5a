using Seedance.Core.Tests.Spending;
using Seedance.TestKit;

namespace Seedance.Core.Tests.Store;

public sealed class PostgresRecordTests() : RecordSuite(new PostgresBench(mayBeUsed: true));

public sealed class PostgresSlotQueueTests() : SlotQueueSuite(new PostgresBench(mayBeUsed: true));

public sealed class PostgresDamagedRecordTests() : DamagedRecordSuite(new PostgresBench(mayBeUsed: true));

public sealed class PostgresSpendLedgerTests() : SpendLedgerSuite(new PostgresBench(mayBeUsed: true));

public sealed class PostgresLeaseTests() : LeaseSuite(new PostgresBench(mayBeUsed: true));

public sealed class PostgresTraceTests() : TraceSuite(new PostgresBench(mayBeUsed: true));

public sealed class PostgresPlanTests() : PlanSuite(new PostgresBench(mayBeUsed: true));
