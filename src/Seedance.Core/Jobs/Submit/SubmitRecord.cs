using Seedance.Accounts;
using Seedance.Jobs.Prepare;
using Seedance.Models;
using Seedance.Records;

namespace Seedance.Jobs.Submit;

/// <summary>The record of a request that has not been sent.</summary>
internal static class SubmitRecord
{
    public static StoredJob New(PreparedSubmit prepared, SubmitOptions options, DateTimeOffset now)
    {
        SeedanceModel model = prepared.Capability.Model;
        return new StoredJob(new SeedanceJob
        {
            Id = options.Planned?.Job.Id ?? JobId.Create(now),
            Provider = prepared.Account.Provider,
            Profile = prepared.Account.Profile,
            Endpoint = prepared.Account.BaseUri,
            Model = model.Name,
            WireModel = model.WireModel,
            StartsFrom = model.StartsFrom,
            Prompt = prepared.Request.Prompt,
            Request = prepared.Request,
            Asked = options.Terms.Shape == RequestShape.Draft ? prepared.Asked : null,
            ClientToken = options.ClientToken,
            State = JobStatus.Submitting,
            CreatedAt = now,
            Seed = prepared.Request.Seed,
            EstimatedCost = prepared.Estimate,
            IsSimulated = prepared.Account.IsSimulated,
            Attempts = options.Attempts,
            Tag = options.Entry.Tag,
            Batch = options.Entry.Batch,
            Row = options.Entry.Row,
            Take = options.Entry.Take,
            DerivedFrom = options.Entry.DerivedFrom,
            Columns = options.Entry.Columns,
        })
        {
            Plan = options.Planned?.Plan,
            Owner = options.Planned?.Owner,
            Term = options.Planned?.Term ?? 0,
            OwnerMayBeAlive = true, // It is ours as long as the store has not seen it.
            IsUnsent = true,
        };
    }
}
