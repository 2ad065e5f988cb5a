using System.Security.Cryptography;
using Seedance.Providers.Fal;

namespace Seedance.Core.Tests.Providers.Fal;

/// <summary>The vectors of RFC 8032, section 7.1.</summary>
public sealed class Ed25519Tests
{
    private const string Key2 = "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c";

    private const string Signature2 =
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00";

    [Theory]
    [InlineData(
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b")]
    [InlineData(Key2, "72", Signature2)]
    [InlineData(
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a")]
    [InlineData(
        "ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf", null,
        "dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b58909351fc9ac90b3ecfdfbc7c66431e0303dca179c138ac17ad9bef1177331a704")]
    public void Verify_VectorOfTheRfc_IsRightAndBreaksWithAnyBit(string key, string? message, string signature)
    {
        byte[] text = message is null ? SHA512.HashData(Encoding.UTF8.GetBytes("abc")) : Bytes(message);

        Assert.True(Ed25519.Verify(Bytes(key), text, Bytes(signature)));
        Assert.False(Ed25519.Verify(Bytes(key), [.. text, 0], Bytes(signature)));
        for (int bit = 0; bit < 512; bit += 37)
        {
            byte[] forged = Bytes(signature);
            forged[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.False(Ed25519.Verify(Bytes(key), text, forged));
        }
    }

    [Fact]
    public void Verify_SecondSpellingOfTheSameSignature_IsRefused()
    {
        byte[] signature = Bytes(Signature2);
        byte[] order = Bytes("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010");
        int carry = 0;
        for (int i = 0; i < 32; i++)
        {
            carry += signature[32 + i] + order[i];
            signature[32 + i] = (byte)carry;
            carry >>= 8;
        }

        Assert.False(Ed25519.Verify(Bytes(Key2), [0x72], signature));
    }

    [Theory]
    [InlineData("", Signature2)]
    [InlineData(Key2, "")]
    [InlineData("ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff", Signature2)]
    [InlineData("0200000000000000000000000000000000000000000000000000000000000000", Signature2)]
    [InlineData("0100000000000000000000000000000000000000000000000000000000000080", Signature2)]
    public void Verify_NoKeyOrNoSignature_IsFalse(string key, string signature) => Assert.False(Ed25519.Verify(Bytes(key), [0x72], Bytes(signature)));

    private static byte[] Bytes(string hex) =>
        [.. Enumerable.Range(0, hex.Length / 2).Select(i => byte.Parse(hex.Substring(i * 2, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture))];
}
