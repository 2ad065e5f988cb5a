using Seedance.Core.Tests.Spending;
using Seedance.TestKit;

namespace Seedance.Core.Tests.Store;

public sealed class SqliteRecordTests() : RecordSuite(new SqliteBench());

public sealed class SqliteSlotQueueTests() : SlotQueueSuite(new SqliteBench());

public sealed class SqliteDamagedRecordTests() : DamagedRecordSuite(new SqliteBench());

public sealed class SqliteSpendLedgerTests() : SpendLedgerSuite(new SqliteBench());

public sealed class SqliteLeaseTests() : LeaseSuite(new SqliteBench());

public sealed class SqliteTraceTests() : TraceSuite(new SqliteBench());

public sealed class SqlitePlanTests() : PlanSuite(new SqliteBench());
