namespace Seedance.Submitting;

/// <summary>What the record of a submit says of its request, should this process end at any moment.</summary>
internal interface ISubmitRecord
{
    /// <summary>Its body leaves now; until an answer is recorded nobody knows whether it was taken.</summary>
    Task LeavingAsync();

    /// <summary>It surely was not taken, and has not left again.</summary>
    Task ReturnedAsync();
}
