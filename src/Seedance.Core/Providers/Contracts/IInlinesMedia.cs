using Seedance.Models;

namespace Seedance.Providers;

/// <summary>A host without uploads that takes local files inside the message, as data addresses.</summary>
internal interface IInlinesMedia
{
    /// <summary>Bytes of a file of this type that it takes; 0 means none of this type.</summary>
    long InlineLimit(MediaType type);
}
