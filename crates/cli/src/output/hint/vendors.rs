//! What to try after a vendor's answer.

use errors::Args;

/// A provider that only a newer version knows has no description, and so no hints of its own.
pub(super) fn hint(code: &str, args: &Args) -> Option<String> {
    let known = args.get("provider").and_then(vendors::registration).map(|known| &known.description.hints);
    let is = |name, value| args.get(name) == Some(value);
    let hint = match code {
        "vendor-unauthorized" => known?.new_login.english,
        "vendor-not-found" => {
            let unknown = "the vendor does not tell whether it was deleted or is somebody else's";
            known.map_or(unknown, |own| own.not_found.english)
        }
        "vendor-not-a-portal" if is("what", "captive-login") => "log in to the network in a browser first",
        "vendor-not-a-portal" => known?.address.english,
        "vendor-not-carried" => return elsewhere(args),
        "vendor-refused-before" => {
            return Some(format!(
                "give another; the same one can be sent again in {} s",
                args.get("seconds")?
            ));
        }
        "vendor-rate-limited" | "vendor-login-limited" => {
            return Some(format!("try again in {} s", args.get("seconds")?));
        }
        "vendor-forbidden" => return Some(format!("ask the administrator for {}", args.get("permission")?)),
        "vendor-signature-bad" if is("what", "date") => {
            "nothing of the answer was used; check this computer's clock: if it is right, an old answer may have been sent again"
        }
        "vendor-rejected" if is("status", "404") => {
            "its own words say why; at a login, check the account's name: there may be none of that name"
        }
        "vendor-outcome-unknown" => "it is settled by looking: `licet refresh`, then see `licet list`",
        _ => return None,
    };
    Some(hint.to_owned())
}

/// Where a choice is made that the API does not carry.
fn elsewhere(args: &Args) -> Option<String> {
    let page = args.get("page").map(|url| format!("make this choice at {url}"));
    let guide = || Some(format!("follow the guide {:?} in the vendor's documentation", args.get("guide")?));
    page.or_else(guide)
}
