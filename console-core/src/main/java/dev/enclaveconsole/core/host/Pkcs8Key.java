package dev.enclaveconsole.core.host;

import java.io.IOException;
import java.io.StringReader;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.RSAPublicKeySpec;
import net.schmizz.sshj.common.Ed25519KeyFactory;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.edec.EdECObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.util.PrivateKeyFactory;
import org.bouncycastle.crypto.util.SubjectPublicKeyInfoFactory;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8DecryptorProviderBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;
import org.bouncycastle.pkcs.PKCSException;

/// Reads PKCS#8 keys (`BEGIN PRIVATE KEY`, `BEGIN ENCRYPTED PRIVATE KEY`), for which sshj knows no Ed25519.
final class Pkcs8Key {

    static boolean isOne(String pem) {
        return pem.contains("-----BEGIN PRIVATE KEY-----") || isProtected(pem);
    }

    static boolean isProtected(String pem) {
        return pem.contains("-----BEGIN ENCRYPTED PRIVATE KEY-----");
    }

    /// @param passphrase not used for a key that is not protected
    /// @throws IOException also for a wrong passphrase
    static KeyPair read(String pem, char[] passphrase) throws IOException {
        try (PEMParser parser = new PEMParser(new StringReader(pem))) {
            return switch (parser.readObject()) {
                case PrivateKeyInfo info -> pair(info);
                case PKCS8EncryptedPrivateKeyInfo locked ->
                    pair(locked.decryptPrivateKeyInfo(new JceOpenSSLPKCS8DecryptorProviderBuilder().build(passphrase)));
                case null, default -> throw new IOException("no private key in PKCS#8");
            };
        } catch (PKCSException | OperatorCreationException | GeneralSecurityException | RuntimeException e) {
            throw new IOException("a private key that cannot be opened", e);
        }
    }

    private static KeyPair pair(PrivateKeyInfo info) throws IOException, GeneralSecurityException {
        if (info.getPrivateKeyAlgorithm().getAlgorithm().equals(EdECObjectIdentifiers.id_Ed25519)) {
            byte[] seed = ASN1OctetString.getInstance(info.parsePrivateKey()).getOctets();
            byte[] point =
                    new Ed25519PrivateKeyParameters(seed, 0).generatePublicKey().getEncoded();
            return new KeyPair(Ed25519KeyFactory.getPublicKey(point), Ed25519KeyFactory.getPrivateKey(seed));
        }
        JcaPEMKeyConverter converter = new JcaPEMKeyConverter();
        PrivateKey key = converter.getPrivateKey(info);
        return new KeyPair(publicKey(info, key, converter), key);
    }

    private static PublicKey publicKey(PrivateKeyInfo info, PrivateKey key, JcaPEMKeyConverter converter)
            throws IOException, GeneralSecurityException {
        if (key instanceof RSAPrivateCrtKey rsa) {
            return KeyFactory.getInstance("RSA")
                    .generatePublic(new RSAPublicKeySpec(rsa.getModulus(), rsa.getPublicExponent()));
        }
        if (PrivateKeyFactory.createKey(info) instanceof ECPrivateKeyParameters ec) {
            BigInteger secret = ec.getD();
            ECPublicKeyParameters point = new ECPublicKeyParameters(
                    ec.getParameters().getG().multiply(secret).normalize(), ec.getParameters());
            return converter.getPublicKey(SubjectPublicKeyInfoFactory.createSubjectPublicKeyInfo(point));
        }
        throw new IOException("a kind of key that SSH does not use");
    }

    private Pkcs8Key() {}
}
