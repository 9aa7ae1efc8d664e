//! `licet look-up`

use crate::args::licenses::LookUp;
use crate::output::{fail::Fail, shape, words};
use crate::process::{secrets, shell::Shell};
use jiff::Timestamp;
use license::LicenseKey;

pub(crate) async fn run(shell: &Shell<'_>, asked: &LookUp) -> Result<(), Fail> {
    let account = shell.context.account_named(&asked.account).await?;
    let key = LicenseKey::from(secrets::read_or_ask(asked.key_file.as_ref(), "--key-file", "License key")?);
    shell.ask_to_unlock().await?;
    let found = app::changes::look_up(&shell.context, &account, key).await?;
    shell.out.print(&shape::Found::new(&found, &account.name), |lines| {
        let license = &found.license;
        lines.facts(&[
            ("id", found.id.map_or_else(|| "not in the library".to_owned(), |id| id.to_string())),
            ("vendor's id", license.vendor_id.clone()),
            ("name", license.label().to_owned()),
            ("product", license.product.word().to_owned()),
            ("type", license.tier.map_or("-", |tier| tier.word()).to_owned()),
            ("hosting", license.hosting.map_or("-", |hosting| hosting.word()).to_owned()),
            ("expires", words::expiry(license, Timestamp::now())),
        ])
    })
}
