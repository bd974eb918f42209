package dev.enclaveconsole.core.host.doctor;

/// The two files that make nginx publish enclaves: plain HTTP for a server that is public anyway, and TLS passed
/// through to `parent-agent serve`, so that it ends in the enclave.
final class NginxSite {
    static final String HTTP = """
            # Enclave Console: plain HTTP to the public server on this host. Enclaves are on port 443, see the stream.
            server {
                listen 80;
                server_name _;
                client_max_body_size 50m;
                location / {
                    proxy_pass http://127.0.0.1:9000;
                    proxy_http_version 1.1;
                    proxy_set_header Host $host;
                    proxy_read_timeout 300s;
                }
            }
            """;

    static final String STREAM = """
            # Enclave Console: TLS goes through to the enclave as it is; nginx holds no key and sees no request.
            stream {
                server {
                    listen 443;
                    proxy_pass 127.0.0.1:8443;
                    proxy_connect_timeout 5s;
                    proxy_timeout 1h;
                }
            }
            """;

    private NginxSite() {}
}
