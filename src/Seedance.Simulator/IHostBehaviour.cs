namespace Seedance.Simulator;

/// <summary>How one host behaves where its documents leave room; a record beside its dialect.</summary>
public interface IHostBehaviour
{
    /// <summary>What is wrong with it, for people; null where nothing is.</summary>
    string? FindFault();
}
