using Seedance.Core.Tests.Spending;
using Seedance.TestKit;

namespace Seedance.Core.Tests.Store;

public sealed class PooledRecordTests() : RecordSuite(new PostgresBench(isPooled: true, mayBeUsed: true));

public sealed class PooledSlotQueueTests() : SlotQueueSuite(new PostgresBench(isPooled: true, mayBeUsed: true));

public sealed class PooledDamagedRecordTests() : DamagedRecordSuite(new PostgresBench(isPooled: true, mayBeUsed: true));

public sealed class PooledSpendLedgerTests() : SpendLedgerSuite(new PostgresBench(isPooled: true, mayBeUsed: true));

public sealed class PooledLeaseTests() : LeaseSuite(new PostgresBench(isPooled: true, mayBeUsed: true));

public sealed class PooledTraceTests() : TraceSuite(new PostgresBench(isPooled: true, mayBeUsed: true));

public sealed class PooledPlanTests() : PlanSuite(new PostgresBench(isPooled: true, mayBeUsed: true));
