//! What to do next where a license is missing, too small, for development alone or leaked: whom to write to, and what.

use crate::context::{AppError, Context};
use license::LicenseId;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use vault::{Account, FILES_PROVIDER, StoredLicense};
use vendors::{Registry, Step, StepWhen};

/// What is escaped in an address: all but the unreserved characters (RFC 3986).
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// One thing to do next, with its message ready to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StepStatus {
    /// The stable word: `no-license`, `not-entitled`, `production`, `renewal` or `leaked`.
    pub id: &'static str,
    /// What it is called.
    pub title: &'static str,
    /// Whom to write to.
    pub mail: &'static str,
    /// The message's subject.
    pub subject: &'static str,
    /// The message.
    pub body: String,
}

impl StepStatus {
    fn new(step: &Step, body: String) -> Self {
        Self { id: step.id, title: step.title.english, mail: step.mail, subject: step.subject.english, body }
    }

    /// The message as a mail program takes it (RFC 6068).
    fn mailto(&self) -> String {
        let body = self.body.replace('\n', "\r\n");
        let [subject, body] = [self.subject, &body].map(|text| utf8_percent_encode(text, RESERVED));
        format!("mailto:{}?subject={subject}&body={body}", self.mail)
    }
}

/// What to do next with a license.
pub async fn next_steps(context: &Context, id: LicenseId) -> Result<Vec<StepStatus>, AppError> {
    let (stored, account) = context.license_and_account(id).await?;
    Ok(of_license(context, &stored, &account))
}

/// What to do where there is no license of a product yet.
pub fn first_steps(registry: Registry, product: &str) -> Vec<StepStatus> {
    let steps = registry.product(product).map_or(&[][..], |known| known.steps);
    let first = steps.iter().filter(|step| step.when == StepWhen::NoLicense);
    first.map(|step| StepStatus::new(step, step.message(None, None))).collect()
}

/// Opens the prepared message of a step in the user's mail program. Whom it goes to is the vendor's data.
pub async fn open_step(
    context: &Context,
    license: Option<LicenseId>,
    product: &str,
    step: &str,
) -> Result<(), AppError> {
    let steps = match license {
        Some(license) => next_steps(context, license).await?,
        None => first_steps(context.registry, product),
    };
    let unknown = || AppError::NotAChoice {
        param: "step".to_owned(),
        value: step.to_owned(),
        possible: steps.iter().map(|step| step.id).collect::<Vec<_>>().join(", "),
    };
    let step = steps.iter().find(|known| known.id == step).ok_or_else(unknown)?;
    Ok(context.host.open_page(&step.mailto())?)
}

/// What to do next with a license: not how to get the first one, nor what it is already.
pub(crate) fn of_license(context: &Context, stored: &StoredLicense, account: &Account) -> Vec<StepStatus> {
    let steps = context.registry.product(stored.license.product.word()).map_or(&[][..], |known| known.steps);
    let of_it = steps.iter().filter(|step| step.when.is_of(stored.key_form));
    let license = &stored.license;
    // The id of an imported key is Licet's own.
    let id = (account.provider != FILES_PROVIDER).then_some(license.vendor_id.as_str());
    of_it.map(|step| StepStatus::new(step, step.message(license.name.as_deref(), id))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_goes_to_the_vendor_whole_whatever_the_license_is_called() {
        let mut steps = Registry::default().products().flat_map(|known| known.steps);
        let step = steps.find(|step| step.id == "leaked").unwrap();
        let seen = StepStatus::new(step, step.message(Some("cell & co?subject=x"), None));
        let url = url::Url::parse(&seen.mailto()).unwrap();
        assert_eq!(url.path(), step.mail);
        let told: Vec<(String, String)> = url.query_pairs().into_owned().collect();
        assert_eq!(told[0], ("subject".to_owned(), seen.subject.to_owned()));
        assert_eq!(told[1], ("body".to_owned(), seen.body.replace('\n', "\r\n")));
        assert!(seen.body.contains("\u{201c}cell & co?subject=x\u{201d}"), "{}", seen.body);
        assert_eq!(told.len(), 2);
    }

    #[test]
    fn the_first_step_is_to_get_a_license_and_a_product_without_steps_has_none() {
        let registry = Registry::default();
        let ids = |product| first_steps(registry, product).iter().map(|step| step.id).collect::<Vec<_>>();
        for known in registry.products() {
            let expected: &[&str] = if known.steps.is_empty() { &[] } else { &["no-license"] };
            assert_eq!(ids(known.product), expected);
        }
        assert!(ids("unheard-of").is_empty());
    }
}
