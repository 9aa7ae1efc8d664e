//! `licet create`

use crate::args::licenses::{Choices, Create};
use crate::output::{fail::Fail, shape};
use crate::process::shell::Shell;
use app::changes::{CreateForm, Sent, Wanted};
use std::collections::BTreeMap;
use vendors::Registry;

pub(crate) async fn run(shell: &Shell<'_>, asked: &Create) -> Result<(), Fail> {
    let account = shell.context.account_named(&asked.account).await?;
    let choices = chosen(Some(&asked.tier), &asked.choices);
    refuse_pointless(&app::changes::create_form(&shell.context, account.id).await?, &choices)?;
    shell.ask_to_unlock().await?;
    let wanted = Wanted {
        account: account.id,
        name: asked.name.clone(),
        choices,
        allow_same_name: asked.choices.allow_same_name,
    };
    let id = match app::changes::create(&shell.context, wanted).await? {
        Sent::Done(id) => id,
        Sent::Unknown(error) => return Err(error.into()),
    };
    let Some(id) = id else { return Ok(()) };
    let row = app::list::row(&shell.context, id).await?;
    shell.out.print(&shape::License::new(&row, []), |lines| {
        lines.answer(&id.to_string())?;
        let name = row.stored.license.label();
        lines.tell(&format!("Created {name:?} in {:?}.", account.name))?;
        let product = &row.stored.license.product;
        match Registry::default().formats_of(product, row.stored.key_form).first() {
            Some(usual) => {
                let (format, file) = (usual.word(), usual.file_name());
                lines.tell(&format!("Next: licet export {id} --format {format} --to {file}"))
            }
            None => Ok(()),
        }
    })
}

/// What was chosen, by parameter of the vendor's description.
pub(super) fn chosen(tier: Option<&String>, asked: &Choices) -> BTreeMap<String, String> {
    let tier = tier.map(|tier| ("type".to_owned(), tier.clone()));
    let given = asked.params.0.iter().map(|(param, word)| ((*param).to_owned(), word.clone()));
    given.chain(tier).collect()
}

/// A form hides what goes with another choice only; here it was said, and would be passed over in silence.
pub(crate) fn refuse_pointless(form: &CreateForm, chosen: &BTreeMap<String, String>) -> Result<(), Fail> {
    let given = form.description.create.iter().filter(|choice| chosen.contains_key(choice.param));
    for choice in given {
        if let Some((param, value)) = choice.shown_when
            && chosen.get(param).is_none_or(|word| word != value)
        {
            let pointless = format!("--{} goes with --{param} {value} only", choice.param);
            return Err(Fail::usage(pointless, format!("say --{param} {value}, or leave it out")));
        }
    }
    Ok(())
}
