package dev.enclaveconsole.sandbox.nitrocli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.enclaveconsole.protocol.api.Json;
import dev.enclaveconsole.protocol.eif.EifMeasurer;
import dev.enclaveconsole.protocol.eif.EifMetadata;
import dev.enclaveconsole.protocol.eif.EifReader;
import dev.enclaveconsole.protocol.eif.EifSignature;
import dev.enclaveconsole.protocol.eif.MalformedImageException;
import dev.enclaveconsole.protocol.eif.Measurements;
import dev.enclaveconsole.sandbox.enclave.NitroFailure;
import dev.enclaveconsole.sandbox.image.DemoImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.Optional;

/// The commands about image files.
final class ImageCommands {

    private static final String DEMO = "enclave-console-demo";
    private static final int REGISTER_BYTES = 48;
    private static final String BUILD_GRAMMAR =
            "docker-uri= docker-dir= output-file= signing-certificate= private-key= name= version= metadata=";

    private final Path demoImage;
    private final Clock clock;

    ImageCommands(Path demoImage, Clock clock) {
        this.demoImage = demoImage;
        this.clock = clock;
    }

    int describe(Call call, Terminal terminal) throws UsageException, NitroFailure {
        Options options = Options.parse("eif-path=", call.arguments());
        Path eif = call.folder().resolve(options.required("eif-path"));
        try (EifReader reader = EifReader.open(eif)) {
            ObjectNode node = JsonNodeFactory.instance.objectNode();
            node.put("EifVersion", reader.header().version());
            node.set("Measurements", Answers.measurements(EifMeasurer.measure(reader)));
            Optional<EifSignature> signature = reader.signature();
            node.put("IsSigned", signature.isPresent());
            signature.ifPresent(signed -> node.set("SigningCertificate", certificate(signed)));
            node.put("CheckCRC", reader.crcMatches());
            reader.metadata().ifPresent(claimed -> Answers.addMetadata(node, claimed));
            terminal.print(PrettyJson.of(node));
            return 0;
        } catch (MalformedImageException e) {
            throw new NitroFailure(35, "Failed to initialize EIF reader: " + e.getMessage());
        } catch (IOException e) {
            throw new NitroFailure(35, "Failed to initialize EIF reader: " + e);
        }
    }

    int build(Call call, Terminal terminal) throws UsageException, NitroFailure {
        Options options = Options.parse(BUILD_GRAMMAR, call.arguments());
        String uri = options.required("docker-uri");
        Path output = call.folder().resolve(options.required("output-file"));
        checkSigning(options);
        terminal.printError("Start building the Enclave Image...");
        if (options.has("docker-dir")) {
            throw new NitroFailure(49, "The sandbox host has no Docker.");
        }
        boolean known = uri.equals(DEMO) || uri.equals(DEMO + ":latest");
        if (!known || !Files.isReadable(demoImage)) {
            throw new NitroFailure(
                    50, "The sandbox host has no Docker; it knows the image " + DEMO + ":latest only, not " + uri);
        }
        terminal.printError("Using the locally available Docker image...");
        try {
            Measurements measurements = DemoImage.rebuild(demoImage, metadata(options, uri, call.folder()), output);
            terminal.printError("Enclave Image successfully created.");
            terminal.print(PrettyJson.of(Answers.built(measurements)));
            return 0;
        } catch (IOException e) {
            throw new NitroFailure(48, "Failed to create EIF image: " + e);
        }
    }

    int pcr(Call call, Terminal terminal) throws UsageException, NitroFailure {
        Options options = Options.parse("input= signing-certificate=", call.arguments());
        options.oneOf("input", "signing-certificate");
        boolean certificate = options.has("signing-certificate");
        Path file = call.folder().resolve(options.required(certificate ? "signing-certificate" : "input"));
        try (InputStream input = Files.newInputStream(file)) {
            byte[] data = input.readAllBytes();
            if (certificate) {
                data = pem(data).getEncoded();
            }
            ObjectNode node = JsonNodeFactory.instance.objectNode();
            node.put(certificate ? "PCR8" : "PCR", HexFormat.of().formatHex(register(data)));
            terminal.print(PrettyJson.of(node));
            return 0;
        } catch (IOException e) {
            throw new NitroFailure(19, e.toString(), file.toString(), "Open");
        } catch (GeneralSecurityException e) {
            throw new NitroFailure(57, "The certificate cannot be read: " + e.getMessage());
        }
    }

    private static void checkSigning(Options options) throws NitroFailure {
        if (options.has("signing-certificate") != options.has("private-key")) {
            throw new NitroFailure(
                    1, "The other half is missing", options.has("private-key") ? "signing-certificate" : "private-key");
        }
        if (options.has("private-key")) {
            throw new NitroFailure(60, "The sandbox does not sign images.");
        }
    }

    private EifMetadata metadata(Options options, String uri, Path folder) throws NitroFailure {
        String tag = uri.contains(":") ? uri.substring(uri.indexOf(':') + 1) : "latest";
        EifMetadata.Build build = new EifMetadata.Build(
                OffsetDateTime.now(clock.withZone(ZoneOffset.UTC)).toString(),
                "nitro-cli",
                "1.5.0",
                "Linux",
                "none (sandbox stand-in)");
        return new EifMetadata(
                options.text("name").orElse(DEMO),
                options.text("version").orElse(tag),
                build,
                JsonNodeFactory.instance.objectNode(),
                custom(options, folder));
    }

    private static JsonNode custom(Options options, Path folder) throws NitroFailure {
        Optional<String> file = options.text("metadata");
        if (file.isEmpty()) {
            return JsonNodeFactory.instance.nullNode();
        }
        try {
            return Json.mapper().readTree(Files.readAllBytes(folder.resolve(file.get())));
        } catch (IOException e) {
            throw new NitroFailure(19, "Failed to read metadata: " + e, file.get(), "Open");
        }
    }

    private static ObjectNode certificate(EifSignature signed) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("IssuerName", signed.certificate().getIssuerX500Principal().getName());
        node.put("Algorithm", signed.certificate().getSigAlgName());
        node.put("NotBefore", signed.certificate().getNotBefore().toInstant().toString());
        node.put("NotAfter", signed.certificate().getNotAfter().toInstant().toString());
        node.put("Signature", HexFormat.of().formatHex(signed.certificate().getSignature()));
        return node;
    }

    private static Certificate pem(byte[] data) throws GeneralSecurityException {
        return CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(data));
    }

    private static byte[] register(byte[] data) throws GeneralSecurityException {
        byte[] hash = MessageDigest.getInstance("SHA-384").digest(data);
        MessageDigest register = MessageDigest.getInstance("SHA-384");
        register.update(new byte[REGISTER_BYTES]);
        return register.digest(hash);
    }
}
