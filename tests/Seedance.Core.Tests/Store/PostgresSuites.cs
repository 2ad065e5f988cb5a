using Seedance.Core.Tests.Spending;
using Seedance.TestKit;

namespace Seedance.Core.Tests.Store;

public sealed class PostgresRecordTests() : RecordSuite(new PostgresBench());

public sealed class PostgresSlotQueueTests() : SlotQueueSuite(new PostgresBench());

public sealed class PostgresDamagedRecordTests() : DamagedRecordSuite(new PostgresBench());

public sealed class PostgresSpendLedgerTests() : SpendLedgerSuite(new PostgresBench());

public sealed class PostgresLeaseTests() : LeaseSuite(new PostgresBench());

public sealed class PostgresTraceTests() : TraceSuite(new PostgresBench());

public sealed class PostgresPlanTests() : PlanSuite(new PostgresBench());
