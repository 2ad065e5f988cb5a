using Seedance.Models;
using Seedance.Wire;

namespace Seedance.Providers;

/// <summary>One host's API as messages in and messages out. An adapter does no I/O and asks no clock.</summary>
internal interface IProviderAdapter
{
    ProviderInfo Provider { get; }

    /// <summary>What its models can do; a row per model and mode.</summary>
    IReadOnlyList<ModelCapability> Models { get; }

    /// <summary>The message with the account's key in the place where this host wants it.</summary>
    WireRequest Sign(WireRequest request, string key);

    /// <summary>
    /// Media of <paramref name="request"/> are addresses by now; duration, resolution and ratio are set where the model has them.
    /// </summary>
    WireRequest BuildSubmit(VideoRequest request, SeedanceModel model);

    /// <summary>Reads a 2xx. Neither id nor error means that the answer proves nothing.</summary>
    SubmitReading ReadSubmit(WireResponse response);

    WireRequest BuildPoll(ProviderJob job);

    /// <summary>Reads a 2xx, and an error status whose body tells of the job itself.</summary>
    PollReading ReadPoll(ProviderJob job, WireResponse response);

    /// <summary>Reads any other status. Must not throw, whatever the body.</summary>
    WireError ReadError(WireResponse response);
}
