//! What to try where a login cannot be sent, or no connection came about.

use super::word;
use app::context::shown;
use errors::Args;

pub(super) fn hint(code: &str, args: &Args) -> Option<String> {
    match code {
        "host-not-confirmed" => {
            let option = format!("--{} {}", args.get("field")?, app::context::word(args.get("host")?));
            Some(match account(args) {
                Some(name) => format!("if this is the right host, run {}", log_in(name, &option)),
                None => format!("if this is the right host, add {option}"),
            })
        }
        "http-not-allowed" => {
            let option = format!("--{}", args.get("field")?);
            let send = match account(args) {
                Some(name) => format!("to send it unencrypted, run {}", log_in(name, &option)),
                None => format!("use https://, or {option} to send it unencrypted"),
            };
            Some(format!("{send}; anyone on the network can then read it"))
        }
        "login-not-kept" => args.get("account").map(not_kept),
        "vendor-unreachable" => Some(unreachable(args)),
        "vendor-proxy-unreachable" => proxy(args).map(str::to_owned),
        _ => None,
    }
}

/// The account that has the login; nothing while it is being connected.
fn account(args: &Args) -> Option<&str> {
    if args.get("address").is_some() { None } else { args.get("account") }
}

fn not_kept(account: &str) -> String {
    let name = word(account);
    let account = if name.starts_with('-') { format!("-- {name}") } else { name };
    format!(
        "it was logged out, kept for one session only, or the secrets were forgotten; log in again: \
         `licet accounts log-in {account}`"
    )
}

/// The command that gives an account an option that it was connected without.
fn log_in(account: &str, option: &str) -> String {
    match shown(account).starts_with('-') {
        true => format!("`licet accounts log-in {option} -- {}`", word(account)),
        false => format!("`licet accounts log-in {} {option}`", word(account)),
    }
}

fn unreachable(args: &Args) -> String {
    let hint = match args.get("why").unwrap_or_default() {
        "dns" => "check the address for typing mistakes, and the network",
        "silent" => "check the address and the network: nothing responds there",
        "refused" => "check the port, and whether the licensing system runs",
        "tls-expired" => {
            "check the date of this computer; if it is right, the server needs a new certificate"
        }
        "tls-not-yet-valid" => "check the date of this computer, and that of the server",
        "tls-other-host" => "use the host name that the certificate is for",
        "tls-unknown-issuer" => return trusting("its issuer", "the issuer's certificate", args),
        "tls-self-signed" => return trusting("this server", "its certificate", args),
        "tls-too-old" => "the server has to support TLS 1.2 or 1.3",
        "tls" => "check the port, and whether a program in between inspects connections",
        _ => "check the network",
    };
    hint.to_owned()
}

/// How a server becomes trusted: by a field of its vendor, where it has one.
fn trusting(whom: &str, certificate: &str, args: &Args) -> String {
    match (args.get("field"), account(args)) {
        (Some(field), Some(name)) => {
            let command = log_in(name, &format!("--{field} PEM"));
            format!("if you trust {whom}, name {certificate}: {command}")
        }
        (Some(field), None) => format!("if you trust {whom}, name {certificate}: --{field} PEM"),
        (None, _) => format!("if you trust {whom}, add {certificate} to those of this computer"),
    }
}

fn proxy(args: &Args) -> Option<&'static str> {
    match args.get("why")? {
        "proxy-login" => Some("put the login into HTTPS_PROXY or HTTP_PROXY: http://USER:PASSWORD@HOST:PORT"),
        "proxy-denies" => {
            Some("check the vendor's address; or name its host in NO_PROXY to connect without the proxy")
        }
        _ => None,
    }
}
