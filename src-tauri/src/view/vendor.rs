//! What vendors are and accept, as data for the wizard and the forms.

use super::crossing;

crossing! {
    /// One licensing system.
    pub struct VendorView {
        pub provider: String,
        pub title: String,
        /// What it is for, in a sentence.
        pub summary: String,
        /// What an account there is for, on the first page of the setup.
        pub invitation: String,
        /// What is asked of a user who adds a key of its product: whether there is an account, too, and what that has besides.
        pub with_key: Option<String>,
        /// What the vendor calls that which a login opens, such as a project.
        pub subject: Option<String>,
        /// Why a login may be refused, and what to do.
        pub refused_hint: Option<String>,
        pub fields: Vec<ConnectFieldView>,
        /// What is issued there.
        pub product: String,
        /// What to do where there is no license of that yet.
        pub first_steps: Vec<super::StepView>,
        /// What its accounts offer beside their list, by the words that the page has panels for.
        pub facets: Vec<String>,
        /// Whether it takes new licenses from a program.
        pub creates: bool,
        /// Whether a license can be finished on its own page, by the steps that its documentation has.
        pub vendor_page: bool,
        /// Any host outside this domain has to be confirmed; where there is none, any host is as good.
        pub own_domain: Option<String>,
        /// For how many licenses the entitlements come with the list; null where that is not limited.
        pub entitled_with_list: Option<u32>,
        /// What a user should know before logging in.
        pub login_note: Option<String>,
        /// Where a new token is issued.
        pub token_page: Option<String>,
        /// The vendor's own page for creating a license.
        pub create_page: Option<String>,
        /// Documented facts worth showing, such as how long a type lasts.
        pub facts: Vec<SourcedFact>,
    }

    /// One field of the connect form.
    pub struct ConnectFieldView {
        /// `url`, `token`, ….
        pub name: String,
        pub kind: FieldKind,
        pub label: String,
        /// Where to find what goes into it.
        pub hint: String,
        /// Whether it may stay empty.
        pub optional: bool,
        /// Whether it can be changed without logging in again.
        pub editable: bool,
        /// An example of what goes into it.
        pub placeholder: Option<String>,
        pub default: Option<String>,
    }

    pub enum FieldKind { Url, Secret, Text, Password, OneTimeCode, CaFile, ConfirmHost, PublicKey, AllowHttp }

    /// A fact with where it comes from.
    pub struct SourcedFact {
        /// What the fact is called, for translations and for what follows from it.
        pub key: String,
        pub about: String,
        pub text: String,
        pub source: String,
    }

    /// One choice of the create form.
    pub struct ChoiceView {
        /// The parameter, such as `type`.
        pub param: String,
        /// What it is called.
        pub label: String,
        pub values: Vec<String>,
        pub default: String,
        /// Shown only while another choice has this value.
        pub shown_when: Option<ShownWhen>,
        /// Whether this account's API carries it; where not, the form says so and links to the vendor's page.
        pub carried: bool,
        /// Values that are no call but a guide to follow, such as AWS.
        pub guides: Vec<GuideView>,
    }

    /// A page to follow instead of a call.
    pub struct GuideView { pub value: String, pub title: String, pub url: String }

    pub struct ShownWhen { pub param: String, pub value: String }

    /// Which files a product's keys are written to, the usual one first, and what a user should know of its licenses.
    pub struct ProductView {
        pub product: String,
        /// What people call it.
        pub title: String,
        pub formats: Vec<String>,
        /// The variables of its env files.
        pub variables: Vec<VariableView>,
        /// What is said of its keys, where they are imported.
        pub import: Option<ImportView>,
        /// Where its own service on this computer answers by itself, where it has one.
        pub core: Option<String>,
        /// What belongs beside a license of it, about `form:system` and the like.
        pub facts: Vec<SourcedFact>,
    }
    /// The variable of an env file.
    pub struct VariableView {
        /// The format of the file.
        pub format: String,
        pub variable: String,
        /// The usual format, where this one replaces it on request.
        pub of: Option<String>,
        /// When it does.
        pub when: Option<String>,
    }

    /// What is said of keys that can be imported.
    pub struct ImportView {
        /// What a key is called that has no name yet.
        pub title: String,
        /// What can be imported, in a sentence.
        pub summary: String,
        /// How keys look, shortened.
        pub keys: Vec<String>,
        /// The name of a file that can be imported too.
        pub file: String,
        /// Where that file usually is, below the home folder.
        pub place: Option<String>,
    }
}
