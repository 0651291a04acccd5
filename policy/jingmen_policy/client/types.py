"""What is sent and answered. Generated from OpenAPI: python -m tools.clients --write."""

from __future__ import annotations

from typing import Literal, NotRequired, TypeAlias, TypedDict


class Activity(TypedDict):
    """A 活动 that 五（二）, 六（二） or 六（四） asks a department or an office for."""

    id: NotRequired[str]
    kind: NotRequired[Literal["现场会议", "培训", "监督检查", "督促落实场所设备", "督促签约发薪参保", "宣传", "其他"] | None]
    held_by: NotRequired[Literal["市民政局", "县（市、区）民政部门", "乡镇（街道）社会事务办（民政办）", "社工站", "其他"] | None]
    city: NotRequired[str | None]
    county: NotRequired[str | None]
    station: NotRequired[str | None]
    held_on: NotRequired[str | None]
    city_wide: NotRequired[bool | Literal["是", "否", "true", "false", "yes", "no"] | None]
    media: NotRequired[list[Literal["电视", "报刊", "广播", "网络", "其他"]] | str | None]


class Adding(TypedDict):
    """How one more thing is put on a list: whose it may be, and what has to be said of it."""

    kind: str
    label: Said
    unit: str
    owners: list[Thing]
    suggested: list[str]
    fields: list[Form]


class AlternativeTold(TypedDict):
    """A reading not chosen. `apart` says why it cannot be put into force; null: it can."""

    id: str
    reading: Said
    apart: Said | None


class AmendmentTold(TypedDict):
    """A later text that changes rules from a day on."""

    id: str
    title: Said
    since: str


class Assessment(TypedDict):
    """A 评估 or 检查: 五（三） has both each year; 六（三） ties support to passing."""

    id: NotRequired[str]
    county: NotRequired[str | None]
    station: NotRequired[str | None]
    scope: NotRequired[Literal["全县（市、区）", "单个社工站"] | None]
    year: NotRequired[float | str | None]
    kind: NotRequired[Literal["自评", "第三方评估", "市级抽查", "市级全面检查"] | None]
    finished_on: NotRequired[str | None]
    reported_on: NotRequired[str | None]
    result: NotRequired[Literal["合格", "不合格"] | None]
    covers_construction: NotRequired[bool | Literal["是", "否", "true", "false", "yes", "no"] | None]
    covers_projects: NotRequired[bool | Literal["是", "否", "true", "false", "yes", "no"] | None]


class Batch(TypedDict):
    """An answer for each dossier, in their order."""

    answers: list[Brief | Full]


class Brief(TypedDict):
    """How every rule stands."""

    receipt: str | None
    format: Literal["jingmen-brief/1"]
    corpus: CorpusMark
    as_of: str
    engine: str
    counts: dict[Status, int]
    findings: list[BriefFinding]


class BriefFinding(TypedDict):
    """How one rule stands for one subject. `due` is null where it binds always or the text names
    no day.
    """

    rule: str
    addresses: list[str]
    due: str | None
    due_kind: Literal["day", "yearly", "standing", "unstated"] | None
    year: int | None
    subject: Thing
    status: Status


class Cited(TypedDict):
    """Words, and where they stand; `text` is the amendment they stand in, '' for the plan."""

    address: str
    quote: str
    text: str


class City(TypedDict):
    """A city, of which section 一 asks its targets as a whole."""

    name: NotRequired[str]
    on_agenda: NotRequired[bool | Literal["是", "否", "true", "false", "yes", "no"] | None]
    working_mechanism: NotRequired[bool | Literal["是", "否", "true", "false", "yes", "no"] | None]


class Clause(TypedDict):
    """Where it says so, and the words."""

    address: str
    quote: str


class ClauseList(TypedDict):
    """The text, sentence by sentence, or what is inside one passage."""

    corpus: CorpusMark
    clauses: list[ClauseTold]


class ClauseTold(TypedDict):
    """A passage of the text and the rules that quote it."""

    id: str
    address: str
    kind: str
    heading: str
    text: str
    normative: bool
    rules: list[Quoted]


class Comparison(TypedDict):
    """One test as the rule writes it, with the two values it compared, exact and in their units."""

    test: str
    left: str
    op: str
    right: str
    truth: Truth


class CorpusAt(TypedDict):
    """A corpus on a day."""

    corpus: CorpusTold
    as_of: str
    versions: list[VersionInForce]


class CorpusList(TypedDict):
    """The corpora that are served."""

    corpora: list[CorpusTold]


class CorpusMark(TypedDict):
    """Which rules were asked: the corpus, the SHA-256 over all its files and the alternatives in
    force, and these, by interpretation.
    """

    id: str
    digest: str
    readings: dict[str, str]


class CorpusTold(TypedDict):
    """A corpus that is served. `default`: meant where no corpus is named."""

    name: str
    id: str
    title: Said
    since: str
    digest: str
    default: bool
    rules: int
    amendments: list[AmendmentTold]


class County(TypedDict):
    """A 县（市、区） or 管理区: the annex gives its yearly tasks, 四（一） its bureau's duties."""

    name: NotRequired[Literal["沙洋县", "钟祥市", "京山市", "东宝区", "掇刀区", "漳河新区"]]
    kind: NotRequired[Literal["县", "县级市", "市辖区", "管理区"] | None]
    city: NotRequired[str | None]
    has_conditions: NotRequired[bool | Literal["是", "否", "true", "false", "yes", "no"] | None]
    guidance_centre: NotRequired[bool | Literal["是", "否", "true", "false", "yes", "no"] | None]
    urban_communities: NotRequired[float | str | None]
    community_stations: NotRequired[float | str | None]
    guides_to_provincial_rules: NotRequired[bool | Literal["是", "否", "true", "false", "yes", "no"] | None]
    other_services_reached: NotRequired[bool | Literal["是", "否", "true", "false", "yes", "no"] | None]
    priorities_set: NotRequired[list[Literal["重点服务对象", "重点服务内容"]] | str | None]
    on_agenda: NotRequired[bool | Literal["是", "否", "true", "false", "yes", "no"] | None]
    working_mechanism: NotRequired[bool | Literal["是", "否", "true", "false", "yes", "no"] | None]


class DiscrepancyList(TypedDict):
    """Every discrepancy on record."""

    corpus: CorpusMark
    discrepancies: list[DiscrepancyTold]


class DiscrepancyTold(TypedDict):
    """A place where the document disagrees with itself or is silent."""

    id: str
    kind: Literal["contradiction", "repetition", "undefined", "missing", "arithmetic"]
    title: Said
    cites: list[Cited]
    effect: Said
    rules: list[str]


class Dossier(TypedDict):
    """Facts by kind; a field left out, or null, is not known."""

    use: NotRequired[str | list[str] | None]
    complete: NotRequired[str | list[str] | None]
    as_of: NotRequired[str]
    City: NotRequired[City | list[City] | None]
    County: NotRequired[County | list[County] | None]
    Township: NotRequired[Township | list[Township] | None]
    Station: NotRequired[Station | list[Station] | None]
    ResidentWorker: NotRequired[ResidentWorker | list[ResidentWorker] | None]
    VolunteerTeam: NotRequired[VolunteerTeam | list[VolunteerTeam] | None]
    ServiceProject: NotRequired[ServiceProject | list[ServiceProject] | None]
    ServiceAgreement: NotRequired[ServiceAgreement | list[ServiceAgreement] | None]
    Assessment: NotRequired[Assessment | list[Assessment] | None]
    PolicyDocument: NotRequired[PolicyDocument | list[PolicyDocument] | None]
    FundingYear: NotRequired[FundingYear | list[FundingYear] | None]
    Activity: NotRequired[Activity | list[Activity] | None]


class DueTold(TypedDict):
    """`day` for a fixed day, `month_day` for one every year."""

    kind: Literal["day", "yearly", "standing", "unstated"]
    day: str | None
    month_day: str | None


class ErrorTold(TypedDict):
    """One thing wrong. `pointer` is a JSON Pointer into the body, '' for the whole; `line` is
    given where the body could not be read at all.
    """

    pointer: str
    message: str
    expected: NotRequired[str | None]
    nearest: NotRequired[str | None]
    line: NotRequired[int | None]


class Explain(TypedDict):
    """One rule and one subject to explain."""

    dossier: Dossier
    rule: str
    subject: str
    as_of: NotRequired[str | None]
    corpus: NotRequired[str | None]
    readings: NotRequired[dict[str, str]]


class FactMissing(TypedDict):
    """A fact that would still matter; `listing` asks whether the list of members is complete."""

    about: Thing
    name: str
    label: Said
    listing: bool


class FactUsed(TypedDict):
    """A fact a decision rests on; `name` '' is the fact's own existence."""

    about: Thing
    name: str
    label: Said
    value: str


class Finding(TypedDict):
    """`due` is the day it falls due, None where it binds always or the text names no day."""

    rule: str
    title: Said
    modality: Modality
    status: Status
    subject: Thing
    year: int | None
    bearer: Role
    counterparty: Role | None
    due: str | None
    due_kind: Literal["day", "yearly", "standing", "unstated"] | None
    version: str | None
    clauses: list[Clause]
    compared: list[Comparison]
    facts: list[FactUsed]
    steps: list[Step]
    missing: list[FactMissing]
    readings: list[str]
    reason: str
    otherwise: Said | None
    evidence: Said | None


class Form(TypedDict):
    """How a field is filled in; `least` and `most` are the limits of a number."""

    name: str
    label: Said
    entry: Literal["flag", "choice", "choices", "items", "number", "money", "day", "text"]
    unit: str
    choices: list[str]
    least: int | None
    most: int | None


class Full(TypedDict):
    """Whole findings, as `jingmen judge --format json` prints them, with their receipt."""

    format: Literal["jingmen-findings/1"]
    corpus: CorpusMark
    as_of: str
    engine: str
    notes: list[Said]
    findings: list[Finding]
    receipt: str | None


class FundingYear(TypedDict):
    """A county's 资金 for one year: 六（三） names its sources and caps one of them."""

    county: NotRequired[str]
    year: NotRequired[float | str]
    previous_assistance_total: NotRequired[float | str | None]
    hardship_fund_purchases: NotRequired[float | str | None]
    sources: NotRequired[list[Literal["社会救助工作经费", "困难群众救助补助资金", "福彩公益金", "一般公共预算资金", "专项经费", "社会服务和社会组织培育引导资金", "社会慈善资金", "其他"]] | str | None]
    dedicated: NotRequired[bool | Literal["是", "否", "true", "false", "yes", "no"] | None]
    charity_guided: NotRequired[bool | Literal["是", "否", "true", "false", "yes", "no"] | None]
    multi_party_explored: NotRequired[bool | Literal["是", "否", "true", "false", "yes", "no"] | None]
    required_total: NotRequired[float | str | None]
    arranged_total: NotRequired[float | str | None]


class Health(TypedDict):
    status: Literal["live", "ready"]


class Judge(TypedDict):
    """One dossier to judge."""

    dossier: Dossier
    as_of: NotRequired[str | None]
    corpus: NotRequired[str | None]
    readings: NotRequired[dict[str, str]]
    rules: NotRequired[list[str] | None]
    detail: NotRequired[Literal["brief", "full"]]


class JudgeBatch(TypedDict):
    """Many dossiers, each judged by itself."""

    dossiers: list[Dossier]
    as_of: NotRequired[str | None]
    corpus: NotRequired[str | None]
    readings: NotRequired[dict[str, str]]
    rules: NotRequired[list[str] | None]
    detail: NotRequired[Literal["brief", "full"]]


class LetTold(TypedDict):
    """A parameter as the text prints it, or the table column it is looked up in."""

    name: str
    printed: list[str]
    table: str
    column: str


Modality: TypeAlias = Literal["prohibition", "duty", "default", "preference", "encouragement", "permission", "competence", "definition", "aim", "principle"]


class NextAsked(TypedDict):
    """The question that settles most; null where no fact would settle anything more."""

    corpus: CorpusMark
    as_of: str
    who: Thing
    open: int
    question: Question | None


class NextQuestion(TypedDict):
    """A dossier of which the fact is sought that settles most for somebody."""

    dossier: Dossier
    who: Who
    as_of: NotRequired[str | None]
    corpus: NotRequired[str | None]
    readings: NotRequired[dict[str, str]]
    skipped: NotRequired[list[str]]


class PartyTold(TypedDict):
    """A role, and the way from the subject to the fact it is the role of."""

    role: Said
    of: list[str]


class PolicyDocument(TypedDict):
    """A 文件: a plan, layout or rule that 四（一）, 四（五）, 五（一） or 六（二） asks for."""

    id: NotRequired[str]
    kind: NotRequired[Literal["本地实施方案", "社工站建设和服务项目实施计划", "社工站规划布局", "管理制度", "评估办法", "督导制度", "服务清单", "购买服务项目整体实施方案", "社工站服务项目年度计划", "其他"] | None]
    city: NotRequired[str | None]
    county: NotRequired[str | None]
    township: NotRequired[str | None]
    issued_on: NotRequired[str | None]
    filed_on: NotRequired[str | None]
    filed_with: NotRequired[Literal["县（市、区）民政部门", "市民政局", "其他"] | None]
    year: NotRequired[float | str | None]
    contents: NotRequired[list[Literal["目标任务", "措施办法", "时间节点"]] | str | None]


class ProblemDocument(TypedDict):
    """RFC 9457. `errors` has everything wrong; `total` says how much, where that is more."""

    type: str
    title: str
    status: int
    instance: str
    detail: NotRequired[str | None]
    errors: NotRequired[list[ErrorTold] | None]
    total: NotRequired[int | None]


class Question(TypedDict):
    """`form` is of a field, `adding` of a list, with the members it has so far."""

    id: str
    about: Thing
    name: str
    listing: bool
    prompt: Said
    reasons: list[Reason]
    settles: Settles
    form: Form | None
    adding: Adding | None
    members: list[str]


class Quoted(TypedDict):
    """A rule, and the words of the clause it quotes."""

    rule: str
    quote: str


class ReadingList(TypedDict):
    """Every reading that had to be chosen."""

    corpus: CorpusMark
    readings: list[ReadingTold]


class ReadingTold(TypedDict):
    """A reading that had to be chosen, and the rules that rest on it."""

    id: str
    question: Said
    reading: Said
    basis: Said
    alternatives: list[AlternativeTold]
    cites: list[Cited]
    rules: list[str]


class Reason(TypedDict):
    """A rule that asks for the fact, and its words."""

    rule: str
    title: Said
    clauses: list[Clause]


class Receipt(TypedDict):
    """`id` is the number and the beginning of the hash, so that whoever has noted an id has
    noted what the receipt said. `previous` is the hash of the receipt before; of the first it is
    the log's own mark.
    """

    corpus: str
    corpus_sha256: str
    readings: dict[str, str]
    as_of: str
    rules: list[str] | None
    input_sha256: str
    findings_sha256: str
    engine: str
    package: str
    format: Literal["jingmen-receipt/1"]
    id: str
    number: int
    time: str
    previous: str
    hash: str


class ResidentWorker(TypedDict):
    """A 驻站社工: 四（三） says how many a station has, who provides them and whom to prefer."""

    id: NotRequired[str]
    name: NotRequired[str | None]
    station: NotRequired[str | None]
    also_at: NotRequired[str | None]
    born_on: NotRequired[str | None]
    education: NotRequired[Literal["初中及以下", "高中或中专", "大专", "本科", "研究生"] | None]
    certificate: NotRequired[bool | Literal["是", "否", "true", "false", "yes", "no"] | None]
    local: NotRequired[bool | Literal["是", "否", "true", "false", "yes", "no"] | None]
    hired_on: NotRequired[str | None]
    in_post: NotRequired[bool | Literal["是", "否", "true", "false", "yes", "no"] | None]
    route: NotRequired[Literal["面向社会公开招聘", "“以钱养事”人员培训转岗", "其他方式"] | None]
    provided_by: NotRequired[Literal["县（市、区）民政部门", "承接机构", "其他"] | None]
    preferred: NotRequired[bool | Literal["是", "否", "true", "false", "yes", "no"] | None]
    age_reason: NotRequired[str | None]
    education_reason: NotRequired[str | None]
    labour_contract: NotRequired[bool | Literal["是", "否", "true", "false", "yes", "no"] | None]
    paid_monthly: NotRequired[bool | Literal["是", "否", "true", "false", "yes", "no"] | None]
    insured: NotRequired[bool | Literal["是", "否", "true", "false", "yes", "no"] | None]


class Role(TypedDict):
    """Who: a role in the text's words, and the fact it is the role of (None: not known which)."""

    role: Said
    of: Thing | None


class RuleLine(TypedDict):
    """One rule in a list. `version` is the first day of the version in force, null where none
    is.
    """

    id: str
    title: Said
    modality: Modality
    subject: str
    bearer: Said
    addresses: list[str]
    version: str | None


class RuleList(TypedDict):
    """Rules in the order of the text."""

    corpus: CorpusMark
    as_of: str
    rules: list[RuleLine]


class RuleTold(TypedDict):
    """Everything a rule says."""

    corpus: CorpusMark
    as_of: str
    id: str
    file: str
    title: Said
    modality: Modality
    subject: str
    bearer: PartyTold
    counterparty: PartyTold | None
    cites: list[Cited]
    yields_to: list[str]
    readings: list[str]
    evidence: Said | None
    versions: list[VersionTold]


class Said(TypedDict):
    """One sentence in both languages."""

    zh: str
    en: str


class ServiceAgreement(TypedDict):
    """A 服务协议: 四（四） says who signs it and, as a rule, for how long; 五（二） by when."""

    id: NotRequired[str]
    station: NotRequired[str | None]
    party_a: NotRequired[Literal["乡镇（街道）", "县（市、区）民政部门", "其他"] | None]
    party_b: NotRequired[str | None]
    signed_on: NotRequired[str | None]
    starts_on: NotRequired[str | None]
    ends_on: NotRequired[str | None]
    term_reason: NotRequired[str | None]


class ServiceProject(TypedDict):
    """A 购买服务项目: 四（一） and 四（四） say who buys it and what share may go to personnel."""

    id: NotRequired[str]
    station: NotRequired[str | None]
    year: NotRequired[float | str | None]
    total_cost: NotRequired[float | str | None]
    personnel_cost: NotRequired[float | str | None]
    procured_by: NotRequired[Literal["乡镇（街道）", "县（市、区）民政部门", "其他"] | None]
    in_catalogue: NotRequired[bool | Literal["是", "否", "true", "false", "yes", "no"] | None]
    procurement_rules_followed: NotRequired[bool | Literal["是", "否", "true", "false", "yes", "no"] | None]
    contractor: NotRequired[str | None]


class Settles(TypedDict):
    """How many open findings an answer settles; `average` over the answers tried, exact."""

    least: int
    most: int
    average: str
    named: int


class Station(TypedDict):
    """A 社工站: sections 一, 三, 四（一） to 四（五）, 五（二） and 六（三） speak of it."""

    id: NotRequired[str]
    name: NotRequired[str | None]
    township: NotRequired[str | None]
    established_on: NotRequired[str | None]
    operator: NotRequired[Literal["乡镇（街道）自行运营", "第三方社会组织承接"] | None]
    contractor: NotRequired[str | None]
    premises: NotRequired[Literal["社会事务办（民政办）", "党群服务中心", "福利机构", "所在社区办公服务用房", "其他现有设施", "新建"] | None]
    equipment: NotRequired[list[Literal["办公用房", "桌椅", "电脑", "打印机", "档案柜"]] | str | None]
    other_equipment: NotRequired[list[str] | str | None]
    sign_displayed: NotRequired[bool | Literal["是", "否", "true", "false", "yes", "no"] | None]
    sign_text: NotRequired[str | None]
    area: NotRequired[float | str | None]
    purpose_built: NotRequired[bool | Literal["是", "否", "true", "false", "yes", "no"] | None]
    rooms: NotRequired[list[Literal["社工室", "个案室", "小组活动室", "多功能室", "档案室"]] | str | None]
    functions: NotRequired[list[Literal["社会救助", "为老养老", "儿童关爱保护", "社区治理"]] | str | None]
    services_started_on: NotRequired[str | None]
    operating_procedures: NotRequired[bool | Literal["是", "否", "true", "false", "yes", "no"] | None]
    management_standards: NotRequired[bool | Literal["是", "否", "true", "false", "yes", "no"] | None]
    regulations: NotRequired[list[Literal["人员", "项目", "督导", "志愿者", "服务场所使用", "文书档案"]] | str | None]
    daily_guidance_by: NotRequired[Literal["乡镇（街道）社会事务办（民政办）", "其他"] | None]
    affairs_by: NotRequired[Literal["社工站", "承接的第三方社会组织", "其他"] | None]
    pay_reference: NotRequired[bool | Literal["是", "否", "true", "false", "yes", "no"] | None]
    construction_support: NotRequired[float | str | None]
    construction_support_on: NotRequired[str | None]
    staffing_factors: NotRequired[list[Literal["面积", "人口", "特定人群服务对象"]] | str | None]


Status: TypeAlias = Literal["not-in-force", "not-applicable", "undetermined", "pending", "met", "breached", "departed", "unproven", "available", "noted"]


class Step(TypedDict):
    """A derived fact, or a rule yielded to, that a decision rests on."""

    kind: str
    name: str
    title: Said
    about: Thing | None
    truth: Truth


class Thing(TypedDict):
    """A fact by its kind and identity: `Station` `S-001`."""

    kind: str
    id: str


class Township(TypedDict):
    """A 乡镇（街道）, each of which is to have one station by section 一 and 四（一）."""

    division: NotRequired[str]
    name: NotRequired[str]
    kind: NotRequired[Literal["镇", "乡", "街道"] | None]
    county: NotRequired[str | None]
    in_plan: NotRequired[bool | Literal["是", "否", "true", "false", "yes", "no"] | None]
    code: NotRequired[str | None]
    code_mca: NotRequired[str | None]
    has_conditions: NotRequired[bool | Literal["是", "否", "true", "false", "yes", "no"] | None]


Truth: TypeAlias = Literal["true", "false", "unknown"]


class VersionInForce(TypedDict):
    """Which version of a rule is in force; null where none is."""

    rule: str
    since: str | None
    until: str | None


class VersionTold(TypedDict):
    """What a rule says from a day on; `until` is not included. Expressions as the file has them."""

    since: str
    until: str | None
    in_force: bool
    due: DueTold
    let: list[LetTold]
    when: str | None
    used: str | None
    require: str | None
    otherwise: Said | None
    cites: list[Cited]
    readings: list[str]


class VolunteerTeam(TypedDict):
    """A 志愿者服务团队: 四（三） has one formed alongside the resident workers."""

    id: NotRequired[str]
    station: NotRequired[str | None]
    formed_on: NotRequired[str | None]
    members: NotRequired[float | str | None]


class Who(TypedDict):
    """Whoever answers: a fact of the dossier to which others belong."""

    kind: str
    id: str
