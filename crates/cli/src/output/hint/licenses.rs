//! What to try where a license, an account or what belongs to them is not as a command needs it.

use super::{option, word};
use app::context::shown;
use errors::Args;
use vendors::FieldKind;

pub(super) fn hint(code: &str, args: &Args, detail: Option<String>) -> Option<String> {
    match code {
        "choice-unknown" | "filter-bad-value" | "format-does-not-fit" => {
            let possible = args.get("possible").filter(|possible| !possible.is_empty());
            Some(possible.map_or_else(String::new, |possible| format!("possible: {possible}")))
        }
        "program-failed" => {
            let words = detail.filter(|words| !words.is_empty());
            Some(words.map_or_else(String::new, |words| format!("it says: {words}")))
        }
        "not-confirmed" => Some(format!("say {}", option("--confirm", &shown(args.get("expected")?)))),
        "account-of-imported-keys" => {
            let filter = word(&format!("account:{}", shown(args.get("account")?)));
            Some(format!(
                "`licet list {filter}` lists them; remove each one by its id: `licet remove --help`"
            ))
        }
        "successor-at-vendor" => {
            let account = option("--account", &shown(args.get("account")?));
            Some(format!("refresh the account: `licet refresh {account}`"))
        }
        "key-env-without-license" => Some(format!("an instance reads its license from {}", env_variables())),
        "key-is-token" => Some(format!("connect the account that it opens: {} shows how", with_token()?)),
        _ => fixed(code, args).map(str::to_owned),
    }
}

/// The commands that show how to connect an account with a token.
fn with_token() -> Option<String> {
    let all = vendors::Registry::default().all().iter();
    let takes_token = |known: &&vendors::Registration| {
        known.description.connect.iter().any(|field| field.kind == FieldKind::Secret)
    };
    let commands = all
        .filter(takes_token)
        .map(|known| format!("`licet accounts add {} --help`", known.description.provider));
    commands.reduce(|one, other| format!("{one} or {other}"))
}

fn fixed(code: &str, args: &Args) -> Option<&'static str> {
    let is_named = args.get("named").is_some();
    Some(match code {
        "license-not-found" if is_named => {
            "`licet list` shows every license; `licet refresh` fetches new ones"
        }
        "package-not-found" => "`licet packages LICENSE` lists its packages",
        "seat-not-found" => "`licet seats LICENSE` lists its machines",
        "account-not-found" if is_named => "`licet accounts list` shows every account",
        "name-taken" => "choose another name, or say --allow-same-name",
        "license-gone" => "`licet refresh` looks whether it is back; otherwise export another license",
        "account-without-vendor" => "name an account that has one: `licet accounts list` shows every account",
        "license-not-imported" => "`licet delete LICENSE` deletes it at its vendor",
        "unsettled" => "it is settled by looking: `licet refresh`, then see `licet list`",
        "preflight-failed" => "--force sends it all the same",
        "token-outdated" => {
            "take the present one from the instance's data folder and apply it here, or write the earlier one with --outdated"
        }
        "certificate-not-genuine" => {
            "do not use it; if it is from another issuer, give the issuer's public key: --issuer-key HEX"
        }
        "certificate-needs-key" => "give its license key: --license-key-file PATH",
        "key-is-address" => "connect the account at this address: `licet accounts add --help` shows how",
        "key-other-host" => {
            "connect the account that the license is from: `licet accounts add --help` shows how"
        }
        "registry-unknown" => {
            "edit the account: --registry HOST names its registry (with --confirm-registry HOST outside the vendor's domain)"
        }
        "replacing" if args.get("running").is_some() => "it goes on now, in another window or command",
        "replacing" => {
            "`licet replace --resume LICENSE` goes on with it; `licet replace --give-up LICENSE` leaves it as it is"
        }
        _ => return None,
    })
}

/// The variables that instances read their license from.
fn env_variables() -> String {
    let quoted = |name: &str| format!("`{name}`");
    vendors::Registry::default().env_variables().map(quoted).collect::<Vec<_>>().join(" or ")
}
