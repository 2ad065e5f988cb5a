namespace Seedance.Providers.Ark;

/// <summary>The routes of tasks, which resellers keep.</summary>
internal static class ArkRoutes
{
    public const string Tasks = "contents/generations/tasks";

    public static string Task(string id) => Tasks + "/" + Uri.EscapeDataString(id);
}
