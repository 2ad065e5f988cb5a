using System;
using System.Collections.Generic;
using Seedance.Store;

namespace Seedance.Operations;

/// <summary>Counts equal requests of one batch, so that each is a job of its own when the batch is run again.</summary>
internal sealed class RequestCounter
{
    private readonly Dictionary<string, int> _seen = new(StringComparer.Ordinal);

    /// <summary>How many equal requests came before this one.</summary>
    public int Next(VideoRequest request)
    {
        string text = RequestDocument.Write(request).ToJsonString(); // A record with lists is equal only to itself.
        _seen.TryGetValue(text, out int before);
        _seen[text] = before + 1;
        return before;
    }
}
