#if NETSTANDARD2_0
namespace System.Runtime.CompilerServices;

/// <summary>What the compiler looks up for <c>init</c> and netstandard2.0 lacks.</summary>
internal static class IsExternalInit;
#endif
