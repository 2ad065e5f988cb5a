using System.Text.Json;
using Seedance.Records;

namespace Seedance.Store;

/// <summary>A record as it was read: whole text, not yet understood; and who holds it.</summary>
internal sealed record JobRow(string Id, string Document)
{
    public int? Slot { get; init; }

    public ProcessMark? Owner { get; init; }

    public long Term { get; init; }

    /// <summary>By the store's clock; null where its owner has no lease.</summary>
    public DateTimeOffset? LeaseUntil { get; init; }

    /// <summary>Somebody else holds it, and lives.</summary>
    public bool IsHeldElsewhere(DateTimeOffset now, ProcessMark self) =>
        Owner is { } owner && owner != self && owner.HoldsOn(LeaseUntil - now);

    /// <summary>Throws <see cref="ErrorCode.StoreFailure"/> for a damaged record.</summary>
    public StoredJob Read(DateTimeOffset now, ProcessMark self)
    {
        try
        {
            return JobDocument.Read(Encoding.UTF8.GetBytes(Document)) with
            {
                Owner = Owner,
                Term = Term,
                IsOwn = Owner == self,
                OwnerMayBeAlive = Owner is { } owner && (owner == self || owner.MayBeAlive(LeaseUntil - now)),
            };
        }
        catch (NotSupportedException error)
        {
            throw StoreErrors.Later("read the job " + Id, error);
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            throw StoreErrors.Damaged(Id, error); // Whatever a record holds, it is that record's trouble and nobody else's.
        }
    }
}
