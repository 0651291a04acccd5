// Generated from OpenAPI: python -m tools.clients --write


/** A 活动 that 五（二）, 六（二） or 六（四） asks a department or an office for. */
export interface Activity {
  /** the activity's id */
  id?: string;
  /** 五（二）, 六（二）, 六（四）: what was done */
  kind?: "现场会议" | "培训" | "监督检查" | "督促落实场所设备" | "督促签约发薪参保" | "宣传" | "其他" | null;
  /** 五（二）, 六（二）, 六（四）: who did it */
  held_by?: "市民政局" | "县（市、区）民政部门" | "乡镇（街道）社会事务办（民政办）" | "社工站" | "其他" | null;
  /** 五（二）, 六（二）: the city it was held for */
  city?: string | null;
  /** 五（二）, 六（四）: the county it was held in or for */
  county?: string | null;
  /** 六（二）: the station it was about */
  station?: string | null;
  /** 五（二）: the day it was held */
  held_on?: string | null;
  /** 六（二）: whether it was for the whole city */
  city_wide?: boolean | "是" | "否" | "true" | "false" | "yes" | "no" | null;
  /** 六（四）: the media used to make social work known */
  media?: Array<"电视" | "报刊" | "广播" | "网络" | "其他"> | string | null;
  "活动编号"?: string;
  "活动类别"?: "现场会议" | "培训" | "监督检查" | "督促落实场所设备" | "督促签约发薪参保" | "宣传" | "其他" | null;
  "开展者"?: "市民政局" | "县（市、区）民政部门" | "乡镇（街道）社会事务办（民政办）" | "社工站" | "其他" | null;
  "所涉市"?: string | null;
  "活动所涉县（市、区）"?: string | null;
  "所涉社工站"?: string | null;
  "开展日期"?: string | null;
  "是否全市性"?: boolean | "是" | "否" | "true" | "false" | "yes" | "no" | null;
  "所用媒体"?: Array<"电视" | "报刊" | "广播" | "网络" | "其他"> | string | null;
}

/** How one more thing is put on a list: whose it may be, and what has to be said of it. */
export interface Adding {
  kind: string;
  label: Said;
  unit: string;
  owners: Array<Thing>;
  suggested: Array<string>;
  fields: Array<Form>;
}

/** A reading not chosen. `apart` says why it cannot be put into force; null: it can. */
export interface AlternativeTold {
  id: string;
  reading: Said;
  apart: Said | null;
}

/** A later text that changes rules from a day on. */
export interface AmendmentTold {
  id: string;
  title: Said;
  since: string;
}

/** A 评估 or 检查: 五（三） has both each year; 六（三） ties support to passing. */
export interface Assessment {
  /** the assessment's id */
  id?: string;
  /** 五（三）: the county it is carried out in */
  county?: string | null;
  /** 五（三）: the station assessed */
  station?: string | null;
  /** 五（三）: the county's stations together, or one station */
  scope?: "全县（市、区）" | "单个社工站" | null;
  /** 五（三）: the year assessed */
  year?: number | string | null;
  /** 五（三）: by whom and how it is assessed */
  kind?: "自评" | "第三方评估" | "市级抽查" | "市级全面检查" | null;
  /** 五（三）: the day on which it was finished */
  finished_on?: string | null;
  /** 五（三）: the day its result was reported to the city bureau */
  reported_on?: string | null;
  /** 六（三）: whether it was passed */
  result?: "合格" | "不合格" | null;
  /** 五（三）: whether it covers construction */
  covers_construction?: boolean | "是" | "否" | "true" | "false" | "yes" | "no" | null;
  /** 五（三）: whether it covers project work */
  covers_projects?: boolean | "是" | "否" | "true" | "false" | "yes" | "no" | null;
  "评估编号"?: string;
  "评估所在的县（市、区）"?: string | null;
  "被评估社工站"?: string | null;
  "评估范围"?: "全县（市、区）" | "单个社工站" | null;
  "评估年度"?: number | string | null;
  "评估方式"?: "自评" | "第三方评估" | "市级抽查" | "市级全面检查" | null;
  "完成日期"?: string | null;
  "上报市民政局日期"?: string | null;
  "评估结果"?: "合格" | "不合格" | null;
  "是否涵盖建设情况"?: boolean | "是" | "否" | "true" | "false" | "yes" | "no" | null;
  "是否涵盖项目实施情况"?: boolean | "是" | "否" | "true" | "false" | "yes" | "no" | null;
}

/** An answer for each dossier, in their order. */
export interface Batch {
  answers: Array<Brief | Full>;
}

/** How every rule stands. */
export interface Brief {
  /** the id of the receipt in the decision log, of `GET /v1/receipts/{receipt}`; null where the service keeps no log */
  receipt: string | null;
  format: "jingmen-brief/1";
  corpus: CorpusMark;
  as_of: string;
  engine: string;
  counts: Partial<Record<Status, number>>;
  findings: Array<BriefFinding>;
}

/** How one rule stands for one subject. `due` is null where it binds always or the text names no day. */
export interface BriefFinding {
  rule: string;
  addresses: Array<string>;
  due: string | null;
  due_kind: "day" | "yearly" | "standing" | "unstated" | null;
  year: number | null;
  subject: Thing;
  status: Status;
}

/** Words, and where they stand; `text` is the amendment they stand in, '' for the plan. */
export interface Cited {
  address: string;
  quote: string;
  text: string;
}

/** A city, of which section 一 asks its targets as a whole. */
export interface City {
  /** name of the city */
  name?: string;
  /** 六（一）: whether it is on the bureau's agenda */
  on_agenda?: boolean | "是" | "否" | "true" | "false" | "yes" | "no" | null;
  /** 六（一）: whether the bureau has the working mechanism described */
  working_mechanism?: boolean | "是" | "否" | "true" | "false" | "yes" | "no" | null;
  "市名称"?: string;
  "市民政局是否列入重要议事日程"?: boolean | "是" | "否" | "true" | "false" | "yes" | "no" | null;
  "市民政局是否完善领导牵头、科室主建主用的工作机制"?: boolean | "是" | "否" | "true" | "false" | "yes" | "no" | null;
}

/** Where it says so, and the words. */
export interface Clause {
  address: string;
  quote: string;
}

/** The text, sentence by sentence, or what is inside one passage. */
export interface ClauseList {
  corpus: CorpusMark;
  clauses: Array<ClauseTold>;
}

/** A passage of the text and the rules that quote it. */
export interface ClauseTold {
  id: string;
  address: string;
  kind: string;
  heading: string;
  text: string;
  normative: boolean;
  rules: Array<Quoted>;
}

/** One test as the rule writes it, with the two values it compared, exact and in their units. */
export interface Comparison {
  test: string;
  left: string;
  op: string;
  right: string;
  truth: Truth;
}

/** A corpus on a day. */
export interface CorpusAt {
  corpus: CorpusTold;
  as_of: string;
  versions: Array<VersionInForce>;
}

/** The corpora that are served. */
export interface CorpusList {
  corpora: Array<CorpusTold>;
}

/** Which rules were asked: the corpus, the SHA-256 over all its files and the alternatives in force, and these, by interpretation. */
export interface CorpusMark {
  id: string;
  digest: string;
  readings: Record<string, string>;
}

/** A corpus that is served. `default`: meant where no corpus is named. */
export interface CorpusTold {
  name: string;
  id: string;
  title: Said;
  since: string;
  digest: string;
  default: boolean;
  rules: number;
  amendments: Array<AmendmentTold>;
}

/** A 县（市、区） or 管理区: the annex gives its yearly tasks, 四（一） its bureau's duties. */
export interface County {
  /** name of the unit, as in the annex */
  name?: "沙洋县" | "钟祥市" | "京山市" | "东宝区" | "掇刀区" | "漳河新区";
  /** kind of county-level unit */
  kind?: "县" | "县级市" | "市辖区" | "管理区" | null;
  /** the city it belongs to */
  city?: string | null;
  /** 四（一）: whether it is 有条件, as someone has judged */
  has_conditions?: boolean | "是" | "否" | "true" | "false" | "yes" | "no" | null;
  /** 四（一）: whether it has set up a guidance centre */
  guidance_centre?: boolean | "是" | "否" | "true" | "false" | "yes" | "no" | null;
  /** 一, 四（一）: communities in the central urban area */
  urban_communities?: number | string | null;
  /** 一, 四（一）: stations or rooms set up in those communities */
  community_stations?: number | string | null;
  /** 四（五）: whether its bureau guides townships to run, supervise and assess projects as the two provincial documents say */
  guides_to_provincial_rules?: boolean | "是" | "否" | "true" | "false" | "yes" | "no" | null;
  /** 三: whether the stations' work reaches other civil affairs services */
  other_services_reached?: boolean | "是" | "否" | "true" | "false" | "yes" | "no" | null;
  /** 三: which priorities of service have been settled */
  priorities_set?: Array<"重点服务对象" | "重点服务内容"> | string | null;
  /** 六（一）: whether it is on the department's agenda */
  on_agenda?: boolean | "是" | "否" | "true" | "false" | "yes" | "no" | null;
  /** 六（一）: whether the department has the working mechanism described */
  working_mechanism?: boolean | "是" | "否" | "true" | "false" | "yes" | "no" | null;
  "县（市、区）名称"?: "沙洋县" | "钟祥市" | "京山市" | "东宝区" | "掇刀区" | "漳河新区";
  "县级单位类别"?: "县" | "县级市" | "市辖区" | "管理区" | null;
  "所属市"?: string | null;
  "是否有条件"?: boolean | "是" | "否" | "true" | "false" | "yes" | "no" | null;
  "是否成立社会工作服务指导中心"?: boolean | "是" | "否" | "true" | "false" | "yes" | "no" | null;
  "中心城区社区数"?: number | string | null;
  "中心城区社区社工站（室）数"?: number | string | null;
  "是否指导按省级文件规范项目工作"?: boolean | "是" | "否" | "true" | "false" | "yes" | "no" | null;
  "是否辐射带动其他民政服务项目"?: boolean | "是" | "否" | "true" | "false" | "yes" | "no" | null;
  "已确定的服务重点"?: Array<"重点服务对象" | "重点服务内容"> | string | null;
  "民政部门是否列入重要议事日程"?: boolean | "是" | "否" | "true" | "false" | "yes" | "no" | null;
  "民政部门是否完善领导牵头、科室主建主用的工作机制"?: boolean | "是" | "否" | "true" | "false" | "yes" | "no" | null;
}

/** Every discrepancy on record. */
export interface DiscrepancyList {
  corpus: CorpusMark;
  discrepancies: Array<DiscrepancyTold>;
}

/** A place where the document disagrees with itself or is silent. */
export interface DiscrepancyTold {
  id: string;
  kind: "contradiction" | "repetition" | "undefined" | "missing" | "arithmetic";
  title: Said;
  cites: Array<Cited>;
  effect: Said;
  rules: Array<string>;
}

/** Facts by kind; a field left out, or null, is not known. */
export interface Dossier {
  /** backgrounds the facts are laid over, such as register */
  use?: string | Array<string> | null;
  /** kinds of which every fact is stated */
  complete?: string | Array<string> | null;
  /** the day as of which to judge */
  as_of?: string;
  /** one city, or a list of them */
  City?: City | Array<City> | null;
  "市"?: City | Array<City> | null;
  /** one county, or a list of them */
  County?: County | Array<County> | null;
  "县（市、区）"?: County | Array<County> | null;
  /** one township, or a list of them */
  Township?: Township | Array<Township> | null;
  "乡镇（街道）"?: Township | Array<Township> | null;
  /** one station, or a list of them */
  Station?: Station | Array<Station> | null;
  "社工站"?: Station | Array<Station> | null;
  /** one resident worker, or a list of them */
  ResidentWorker?: ResidentWorker | Array<ResidentWorker> | null;
  "驻站社工"?: ResidentWorker | Array<ResidentWorker> | null;
  /** one volunteer team, or a list of them */
  VolunteerTeam?: VolunteerTeam | Array<VolunteerTeam> | null;
  "志愿者服务团队"?: VolunteerTeam | Array<VolunteerTeam> | null;
  /** one service project, or a list of them */
  ServiceProject?: ServiceProject | Array<ServiceProject> | null;
  "服务项目"?: ServiceProject | Array<ServiceProject> | null;
  /** one service agreement, or a list of them */
  ServiceAgreement?: ServiceAgreement | Array<ServiceAgreement> | null;
  "服务协议"?: ServiceAgreement | Array<ServiceAgreement> | null;
  /** one assessment, or a list of them */
  Assessment?: Assessment | Array<Assessment> | null;
  "评估"?: Assessment | Array<Assessment> | null;
  /** one document, or a list of them */
  PolicyDocument?: PolicyDocument | Array<PolicyDocument> | null;
  "文件"?: PolicyDocument | Array<PolicyDocument> | null;
  /** one funding year, or a list of them */
  FundingYear?: FundingYear | Array<FundingYear> | null;
  "年度资金"?: FundingYear | Array<FundingYear> | null;
  /** one activity, or a list of them */
  Activity?: Activity | Array<Activity> | null;
  "活动"?: Activity | Array<Activity> | null;
}

/** `day` for a fixed day, `month_day` for one every year. */
export interface DueTold {
  kind: "day" | "yearly" | "standing" | "unstated";
  day: string | null;
  month_day: string | null;
}

/** One thing wrong. `pointer` is a JSON Pointer into the body, '' for the whole; `line` is given where the body could not be read at all. */
export interface ErrorTold {
  pointer: string;
  message: string;
  expected?: string | null;
  nearest?: string | null;
  line?: number | null;
}

/** One rule and one subject to explain. */
export interface Explain {
  dossier: Dossier;
  rule: string;
  /** the identity of a fact of the rule's subject kind */
  subject: string;
  /** the day to judge at the close of; else the dossier's own `as_of`, else today */
  as_of?: string | null;
  /** which of `GET /v1/corpora`; else the first */
  corpus?: string | null;
  /** readings not chosen to put into force: an id of `GET /v1/readings` to one of its alternatives */
  readings?: Record<string, string>;
}

/** A fact that would still matter; `listing` asks whether the list of members is complete. */
export interface FactMissing {
  about: Thing;
  name: string;
  label: Said;
  listing: boolean;
}

/** A fact a decision rests on; `name` '' is the fact's own existence. */
export interface FactUsed {
  about: Thing;
  name: string;
  label: Said;
  value: string;
}

/** `due` is the day it falls due, None where it binds always or the text names no day. */
export interface Finding {
  rule: string;
  title: Said;
  modality: Modality;
  status: Status;
  subject: Thing;
  year: number | null;
  bearer: Role;
  counterparty: Role | null;
  due: string | null;
  due_kind: "day" | "yearly" | "standing" | "unstated" | null;
  version: string | null;
  clauses: Array<Clause>;
  compared: Array<Comparison>;
  facts: Array<FactUsed>;
  steps: Array<Step>;
  missing: Array<FactMissing>;
  readings: Array<string>;
  reason: string;
  otherwise: Said | null;
  evidence: Said | null;
}

/** How a field is filled in; `least` and `most` are the limits of a number. */
export interface Form {
  name: string;
  label: Said;
  entry: "flag" | "choice" | "choices" | "items" | "number" | "money" | "day" | "text";
  unit: string;
  choices: Array<string>;
  least: number | null;
  most: number | null;
}

/** Whole findings, as `jingmen judge --format json` prints them, with their receipt. */
export interface Full {
  format: "jingmen-findings/1";
  corpus: CorpusMark;
  as_of: string;
  engine: string;
  notes: Array<Said>;
  findings: Array<Finding>;
  /** the id of the receipt in the decision log, of `GET /v1/receipts/{receipt}`; null where the service keeps no log */
  receipt: string | null;
}

/** A county's 资金 for one year: 六（三） names its sources and caps one of them. */
export interface FundingYear {
  /** 六（三）: the county that arranges the money */
  county?: string;
  /** 六（三）: the year of the money */
  year?: number | string;
  /** 六（三）: total social assistance spending the year before */
  previous_assistance_total?: number | string | null;
  /** 六（三）: what the hardship assistance fund gave this year for buying services */
  hardship_fund_purchases?: number | string | null;
  /** 六（三）: the sources the money came from */
  sources?: Array<"社会救助工作经费" | "困难群众救助补助资金" | "福彩公益金" | "一般公共预算资金" | "专项经费" | "社会服务和社会组织培育引导资金" | "社会慈善资金" | "其他"> | string | null;
  /** 六（二）: whether the money is used only for carrying out the stations' projects */
  dedicated?: boolean | "是" | "否" | "true" | "false" | "yes" | "no" | null;
  /** 六（三）: whether charitable money was encouraged */
  charity_guided?: boolean | "是" | "否" | "true" | "false" | "yes" | "no" | null;
  /** 六（三）: whether a multi-party mechanism was explored */
  multi_party_explored?: boolean | "是" | "否" | "true" | "false" | "yes" | "no" | null;
  /** 六（三）: project money to be secured */
  required_total?: number | string | null;
  /** 六（三）: project money secured */
  arranged_total?: number | string | null;
  "安排资金的县（市、区）"?: string;
  "资金年度"?: number | string;
  "上年度社会救助资金总支出"?: number | string | null;
  "困难群众救助补助资金安排的购买社会救助服务经费"?: number | string | null;
  "购买服务经费来源"?: Array<"社会救助工作经费" | "困难群众救助补助资金" | "福彩公益金" | "一般公共预算资金" | "专项经费" | "社会服务和社会组织培育引导资金" | "社会慈善资金" | "其他"> | string | null;
  "是否专项用于社工站服务项目实施"?: boolean | "是" | "否" | "true" | "false" | "yes" | "no" | null;
  "是否引导社会慈善资金支持"?: boolean | "是" | "否" | "true" | "false" | "yes" | "no" | null;
  "是否探索建立多方投入机制"?: boolean | "是" | "否" | "true" | "false" | "yes" | "no" | null;
  "项目资金应落实额"?: number | string | null;
  "项目资金已落实额"?: number | string | null;
}

export interface Health {
  status: "live" | "ready";
}

/** One dossier to judge. */
export interface Judge {
  dossier: Dossier;
  /** the day to judge at the close of; else the dossier's own `as_of`, else today */
  as_of?: string | null;
  /** which of `GET /v1/corpora`; else the first */
  corpus?: string | null;
  /** readings not chosen to put into force: an id of `GET /v1/readings` to one of its alternatives */
  readings?: Record<string, string>;
  /** only these rules; else every rule */
  rules?: Array<string> | null;
  /** `brief`: how each rule stands; `full`: also quotes, values compared, facts used and what is missing, some thirty times the work */
  detail?: "brief" | "full";
}

/** Many dossiers, each judged by itself. */
export interface JudgeBatch {
  dossiers: Array<Dossier>;
  /** the day to judge at the close of; else the dossier's own `as_of`, else today */
  as_of?: string | null;
  /** which of `GET /v1/corpora`; else the first */
  corpus?: string | null;
  /** readings not chosen to put into force: an id of `GET /v1/readings` to one of its alternatives */
  readings?: Record<string, string>;
  /** only these rules; else every rule */
  rules?: Array<string> | null;
  /** `brief`: how each rule stands; `full`: also quotes, values compared, facts used and what is missing, some thirty times the work */
  detail?: "brief" | "full";
}

/** A parameter as the text prints it, or the table column it is looked up in. */
export interface LetTold {
  name: string;
  printed: Array<string>;
  table: string;
  column: string;
}

/** From 不得 down to aims: the ladder of the words, not of their weight. */
export type Modality = "prohibition" | "duty" | "default" | "preference" | "encouragement" | "permission" | "competence" | "definition" | "aim" | "principle";

/** The question that settles most; null where no fact would settle anything more. */
export interface NextAsked {
  corpus: CorpusMark;
  as_of: string;
  who: Thing;
  open: number;
  question: Question | null;
}

/** A dossier of which the fact is sought that settles most for somebody. */
export interface NextQuestion {
  dossier: Dossier;
  who: Who;
  /** the day to judge at the close of; else the dossier's own `as_of`, else today */
  as_of?: string | null;
  /** which of `GET /v1/corpora`; else the first */
  corpus?: string | null;
  /** readings not chosen to put into force: an id of `GET /v1/readings` to one of its alternatives */
  readings?: Record<string, string>;
  /** ids of questions answered with: not known */
  skipped?: Array<string>;
}

/** A role, and the way from the subject to the fact it is the role of. */
export interface PartyTold {
  role: Said;
  of: Array<string>;
}

/** A 文件: a plan, layout or rule that 四（一）, 四（五）, 五（一） or 六（二） asks for. */
export interface PolicyDocument {
  /** the document's id */
  id?: string;
  /** 四（一）, 四（五）, 五（一）, 六（二）: what document it is */
  kind?: "本地实施方案" | "社工站建设和服务项目实施计划" | "社工站规划布局" | "管理制度" | "评估办法" | "督导制度" | "服务清单" | "购买服务项目整体实施方案" | "社工站服务项目年度计划" | "其他" | null;
  /** 六（二）: the city whose bureau drew it up */
  city?: string | null;
  /** 五（一）: the county that issued it or whose it is */
  county?: string | null;
  /** 五（一）: the township that issued it, as division/name */
  township?: string | null;
  /** 五（一）: the day it was issued */
  issued_on?: string | null;
  /** 五（一）: the day it was filed */
  filed_on?: string | null;
  /** 五（一）: with whom it was filed */
  filed_with?: "县（市、区）民政部门" | "市民政局" | "其他" | null;
  /** 六（二）: the year a yearly plan is for */
  year?: number | string | null;
  /** 五（一）: which of the three contents it settles */
  contents?: Array<"目标任务" | "措施办法" | "时间节点"> | string | null;
  "文件编号"?: string;
  "文件类别"?: "本地实施方案" | "社工站建设和服务项目实施计划" | "社工站规划布局" | "管理制度" | "评估办法" | "督导制度" | "服务清单" | "购买服务项目整体实施方案" | "社工站服务项目年度计划" | "其他" | null;
  "制定文件的市"?: string | null;
  "所涉县（市、区）"?: string | null;
  "所涉乡镇（街道）"?: string | null;
  "制定日期"?: string | null;
  "备案日期"?: string | null;
  "备案机关"?: "县（市、区）民政部门" | "市民政局" | "其他" | null;
  "文件所属年度"?: number | string | null;
  "已明确的内容"?: Array<"目标任务" | "措施办法" | "时间节点"> | string | null;
}

/** RFC 9457. `errors` has everything wrong; `total` says how much, where that is more. */
export interface ProblemDocument {
  type: string;
  title: string;
  status: number;
  instance: string;
  detail?: string | null;
  errors?: Array<ErrorTold> | null;
  total?: number | null;
}

/** `form` is of a field, `adding` of a list, with the members it has so far. */
export interface Question {
  id: string;
  about: Thing;
  name: string;
  listing: boolean;
  prompt: Said;
  reasons: Array<Reason>;
  settles: Settles;
  form: Form | null;
  adding: Adding | null;
  members: Array<string>;
}

/** A rule, and the words of the clause it quotes. */
export interface Quoted {
  rule: string;
  quote: string;
}

/** Every reading that had to be chosen. */
export interface ReadingList {
  corpus: CorpusMark;
  readings: Array<ReadingTold>;
}

/** A reading that had to be chosen, and the rules that rest on it. */
export interface ReadingTold {
  id: string;
  question: Said;
  reading: Said;
  basis: Said;
  alternatives: Array<AlternativeTold>;
  cites: Array<Cited>;
  rules: Array<string>;
}

/** A rule that asks for the fact, and its words. */
export interface Reason {
  rule: string;
  title: Said;
  clauses: Array<Clause>;
}

/** `id` is the number and the beginning of the hash, so that whoever has noted an id has noted what the receipt said. `previous` is the hash of the receipt before; of the first it is the log's own mark. */
export interface Receipt {
  corpus: string;
  corpus_sha256: string;
  readings: Record<string, string>;
  as_of: string;
  rules: Array<string> | null;
  input_sha256: string;
  findings_sha256: string;
  engine: string;
  package: string;
  format: "jingmen-receipt/1";
  id: string;
  number: number;
  time: string;
  previous: string;
  hash: string;
}

/** A 驻站社工: 四（三） says how many a station has, who provides them and whom to prefer. */
export interface ResidentWorker {
  /** the worker's id */
  id?: string;
  /** the worker's name */
  name?: string | null;
  /** 四（三）: the station the worker is resident at */
  station?: string | null;
  /** 四（三）: another station the worker serves without residing there */
  also_at?: string | null;
  /** 四（三）: day of birth */
  born_on?: string | null;
  /** 四（三）: highest education, in ascending order */
  education?: "初中及以下" | "高中或中专" | "大专" | "本科" | "研究生" | null;
  /** 四（三）: whether a social work certificate is held */
  certificate?: boolean | "是" | "否" | "true" | "false" | "yes" | "no" | null;
  /** 四（三）: whether a local social worker */
  local?: boolean | "是" | "否" | "true" | "false" | "yes" | "no" | null;
  /** 四（三）: the day of hiring */
  hired_on?: string | null;
  /** 四（三）: whether still in post */
  in_post?: boolean | "是" | "否" | "true" | "false" | "yes" | "no" | null;
  /** 四（三）: by which way the worker came */
  route?: "面向社会公开招聘" | "“以钱养事”人员培训转岗" | "其他方式" | null;
  /** 四（三）: who provided the worker */
  provided_by?: "县（市、区）民政部门" | "承接机构" | "其他" | null;
  /** 四（三）: whether preferred at hiring */
  preferred?: boolean | "是" | "否" | "true" | "false" | "yes" | "no" | null;
  /** 四（三）: the reason for hiring over the usual age */
  age_reason?: string | null;
  /** 四（三）: the reason for hiring below the usual education */
  education_reason?: string | null;
  /** 六（二）: whether a labour contract was signed */
  labour_contract?: boolean | "是" | "否" | "true" | "false" | "yes" | "no" | null;
  /** 六（二）: whether pay is given out every month */
  paid_monthly?: boolean | "是" | "否" | "true" | "false" | "yes" | "no" | null;
  /** 六（二）: whether insurance was taken out */
  insured?: boolean | "是" | "否" | "true" | "false" | "yes" | "no" | null;
  "社工编号"?: string;
  "姓名"?: string | null;
  "所驻社工站"?: string | null;
  "兼顾的另一社工站"?: string | null;
  "出生日期"?: string | null;
  "学历"?: "初中及以下" | "高中或中专" | "大专" | "本科" | "研究生" | null;
  "是否持有社工证"?: boolean | "是" | "否" | "true" | "false" | "yes" | "no" | null;
  "是否为本地社会工作者"?: boolean | "是" | "否" | "true" | "false" | "yes" | "no" | null;
  "录用日期"?: string | null;
  "是否在岗"?: boolean | "是" | "否" | "true" | "false" | "yes" | "no" | null;
  "配备方式"?: "面向社会公开招聘" | "“以钱养事”人员培训转岗" | "其他方式" | null;
  "配备者"?: "县（市、区）民政部门" | "承接机构" | "其他" | null;
  "录用时是否优先"?: boolean | "是" | "否" | "true" | "false" | "yes" | "no" | null;
  "超龄录用的理由"?: string | null;
  "学历不符的理由"?: string | null;
  "是否签订劳动合同"?: boolean | "是" | "否" | "true" | "false" | "yes" | "no" | null;
  "是否按月发放薪酬"?: boolean | "是" | "否" | "true" | "false" | "yes" | "no" | null;
  "是否办理保险"?: boolean | "是" | "否" | "true" | "false" | "yes" | "no" | null;
}

/** Who: a role in the text's words, and the fact it is the role of (None: not known which). */
export interface Role {
  role: Said;
  of: Thing | null;
}

/** One rule in a list. `version` is the first day of the version in force, null where none is. */
export interface RuleLine {
  id: string;
  title: Said;
  modality: Modality;
  subject: string;
  bearer: Said;
  addresses: Array<string>;
  version: string | null;
}

/** Rules in the order of the text. */
export interface RuleList {
  corpus: CorpusMark;
  as_of: string;
  rules: Array<RuleLine>;
}

/** Everything a rule says. */
export interface RuleTold {
  corpus: CorpusMark;
  as_of: string;
  id: string;
  file: string;
  title: Said;
  modality: Modality;
  subject: string;
  bearer: PartyTold;
  counterparty: PartyTold | null;
  cites: Array<Cited>;
  yields_to: Array<string>;
  readings: Array<string>;
  evidence: Said | null;
  versions: Array<VersionTold>;
}

/** One sentence in both languages. */
export interface Said {
  zh: string;
  en: string;
}

/** A 服务协议: 四（四） says who signs it and, as a rule, for how long; 五（二） by when. */
export interface ServiceAgreement {
  /** the agreement's id */
  id?: string;
  /** 四（四）: the station to be operated */
  station?: string | null;
  /** 四（四）: who signs with the organisation */
  party_a?: "乡镇（街道）" | "县（市、区）民政部门" | "其他" | null;
  /** 四（四）: the organisation */
  party_b?: string | null;
  /** 四（四）, 五（二）: the day of signing */
  signed_on?: string | null;
  /** 四（四）: its first day */
  starts_on?: string | null;
  /** 四（四）: its last day */
  ends_on?: string | null;
  /** 四（四）: the reason for another term than one year */
  term_reason?: string | null;
  "协议编号"?: string;
  "所涉社工站"?: string | null;
  "甲方"?: "乡镇（街道）" | "县（市、区）民政部门" | "其他" | null;
  "乙方"?: string | null;
  "签订日期"?: string | null;
  "起始日期"?: string | null;
  "终止日期"?: string | null;
  "不实行一年一签的理由"?: string | null;
}

/** A 购买服务项目: 四（一） and 四（四） say who buys it and what share may go to personnel. */
export interface ServiceProject {
  /** the project's id */
  id?: string;
  /** 四（四）: the station it is carried out by */
  station?: string | null;
  /** 四（四）: the year of its budget */
  year?: number | string | null;
  /** 四（四）: total cost */
  total_cost?: number | string | null;
  /** 四（四）: what of the total goes to personnel */
  personnel_cost?: number | string | null;
  /** 四（一）, 四（四）: who buys the service */
  procured_by?: "乡镇（街道）" | "县（市、区）民政部门" | "其他" | null;
  /** 四（四）: whether it follows the local catalogue of services to buy */
  in_catalogue?: boolean | "是" | "否" | "true" | "false" | "yes" | "no" | null;
  /** 四（四）: whether procurement followed the rules */
  procurement_rules_followed?: boolean | "是" | "否" | "true" | "false" | "yes" | "no" | null;
  /** 四（四）: the organisation it was given to */
  contractor?: string | null;
  "项目编号"?: string;
  "所属社工站"?: string | null;
  "项目年度"?: number | string | null;
  "项目总经费"?: number | string | null;
  "人员经费"?: number | string | null;
  "购买主体"?: "乡镇（街道）" | "县（市、区）民政部门" | "其他" | null;
  "是否按照本地政府购买服务目录"?: boolean | "是" | "否" | "true" | "false" | "yes" | "no" | null;
  "是否依据政府采购有关规定"?: boolean | "是" | "否" | "true" | "false" | "yes" | "no" | null;
  "承接机构"?: string | null;
}

/** How many open findings an answer settles; `average` over the answers tried, exact. */
export interface Settles {
  least: number;
  most: number;
  average: string;
  named: number;
}

/** A 社工站: sections 一, 三, 四（一） to 四（五）, 五（二） and 六（三） speak of it. */
export interface Station {
  /** the station's id */
  id?: string;
  /** the station's name */
  name?: string | null;
  /** 四（一）: its township, as division/name */
  township?: string | null;
  /** 一: the day from which it counts as established */
  established_on?: string | null;
  /** 四（三）, 四（四）: who operates it */
  operator?: "乡镇（街道）自行运营" | "第三方社会组织承接" | null;
  /** 四（四）: the social organisation that operates it */
  contractor?: string | null;
  /** 四（二）: the existing facility it is housed in, or a new one */
  premises?: "社会事务办（民政办）" | "党群服务中心" | "福利机构" | "所在社区办公服务用房" | "其他现有设施" | "新建" | null;
  /** 四（二）: what it has of the equipment the plan names */
  equipment?: Array<"办公用房" | "桌椅" | "电脑" | "打印机" | "档案柜"> | string | null;
  /** 四（二）: other equipment it has */
  other_equipment?: Array<string> | string | null;
  /** 四（二）: whether its sign is put up */
  sign_displayed?: boolean | "是" | "否" | "true" | "false" | "yes" | "no" | null;
  /** 四（二）: the full text on its sign */
  sign_text?: string | null;
  /** 四（二）: its area in square metres */
  area?: number | string | null;
  /** 四（二）: whether the option to build larger was taken */
  purpose_built?: boolean | "是" | "否" | "true" | "false" | "yes" | "no" | null;
  /** 四（二）: what it has of the dedicated rooms the plan names */
  rooms?: Array<"社工室" | "个案室" | "小组活动室" | "多功能室" | "档案室"> | string | null;
  /** 三: which of the four services it offers */
  functions?: Array<"社会救助" | "为老养老" | "儿童关爱保护" | "社区治理"> | string | null;
  /** 五（二）: the day its services began */
  services_started_on?: string | null;
  /** 四（五）: whether it has standard operating procedures */
  operating_procedures?: boolean | "是" | "否" | "true" | "false" | "yes" | "no" | null;
  /** 四（五）: whether it has management standards */
  management_standards?: boolean | "是" | "否" | "true" | "false" | "yes" | "no" | null;
  /** 四（五）: which of the six management rules it has made */
  regulations?: Array<"人员" | "项目" | "督导" | "志愿者" | "服务场所使用" | "文书档案"> | string | null;
  /** 四（一）: who guides its daily work */
  daily_guidance_by?: "乡镇（街道）社会事务办（民政办）" | "其他" | null;
  /** 四（一）: who carries out its affairs */
  affairs_by?: "社工站" | "承接的第三方社会组织" | "其他" | null;
  /** 四（三）: whether pay follows the standard of full-time community workers */
  pay_reference?: boolean | "是" | "否" | "true" | "false" | "yes" | "no" | null;
  /** 六（三）: construction support received from the city bureau */
  construction_support?: number | string | null;
  /** 六（三）: the day the construction support arrived */
  construction_support_on?: string | null;
  /** 四（三）: which factors its headcount took into account */
  staffing_factors?: Array<"面积" | "人口" | "特定人群服务对象"> | string | null;
  "社工站编号"?: string;
  "社工站名称"?: string | null;
  "所在乡镇（街道）"?: string | null;
  "建立日期"?: string | null;
  "运营方式"?: "乡镇（街道）自行运营" | "第三方社会组织承接" | null;
  "承接机构"?: string | null;
  "所依托的设施"?: "社会事务办（民政办）" | "党群服务中心" | "福利机构" | "所在社区办公服务用房" | "其他现有设施" | "新建" | null;
  "已配备的设施设备"?: Array<"办公用房" | "桌椅" | "电脑" | "打印机" | "档案柜"> | string | null;
  "其他设施设备"?: Array<string> | string | null;
  "是否设置标识"?: boolean | "是" | "否" | "true" | "false" | "yes" | "no" | null;
  "标识牌全文"?: string | null;
  "建筑面积"?: number | string | null;
  "是否按不少于300平方米建设"?: boolean | "是" | "否" | "true" | "false" | "yes" | "no" | null;
  "专门用房"?: Array<"社工室" | "个案室" | "小组活动室" | "多功能室" | "档案室"> | string | null;
  "开展的服务"?: Array<"社会救助" | "为老养老" | "儿童关爱保护" | "社区治理"> | string | null;
  "开展服务日期"?: string | null;
  "是否有规范的运行流程"?: boolean | "是" | "否" | "true" | "false" | "yes" | "no" | null;
  "是否有管理标准"?: boolean | "是" | "否" | "true" | "false" | "yes" | "no" | null;
  "已制定的管理制度"?: Array<"人员" | "项目" | "督导" | "志愿者" | "服务场所使用" | "文书档案"> | string | null;
  "日常工作指导者"?: "乡镇（街道）社会事务办（民政办）" | "其他" | null;
  "具体事务开展者"?: "社工站" | "承接的第三方社会组织" | "其他" | null;
  "薪酬是否参照专职社区工作者待遇标准"?: boolean | "是" | "否" | "true" | "false" | "yes" | "no" | null;
  "已到位建设资金支持"?: number | string | null;
  "建设资金到位日期"?: string | null;
  "配备人数所考虑的因素"?: Array<"面积" | "人口" | "特定人群服务对象"> | string | null;
}

/** How a rule stands for a subject on a day. Different answers stay different. */
export type Status = "not-in-force" | "not-applicable" | "undetermined" | "pending" | "met" | "breached" | "departed" | "unproven" | "available" | "noted";

/** A derived fact, or a rule yielded to, that a decision rests on. */
export interface Step {
  kind: string;
  name: string;
  title: Said;
  about: Thing | null;
  truth: Truth;
}

/** A fact by its kind and identity: `Station` `S-001`. */
export interface Thing {
  kind: string;
  id: string;
}

/** A 乡镇（街道）, each of which is to have one station by section 一 and 四（一）. */
export interface Township {
  /** county it lies in by division */
  division?: string;
  /** name of the township */
  name?: string;
  /** kind of township */
  kind?: "镇" | "乡" | "街道" | null;
  /** annex: the unit it is counted under */
  county?: string | null;
  /** 一: whether it is one of the plan's 60 */
  in_plan?: boolean | "是" | "否" | "true" | "false" | "yes" | "no" | null;
  /** statistical division code, nine digits */
  code?: string | null;
  /** division code of the Ministry of Civil Affairs */
  code_mca?: string | null;
  /** 四（二）: whether it is 有条件, as someone has judged */
  has_conditions?: boolean | "是" | "否" | "true" | "false" | "yes" | "no" | null;
  "行政区划所属县级单位"?: string;
  "乡镇（街道）名称"?: string;
  "乡镇（街道）类别"?: "镇" | "乡" | "街道" | null;
  "任务分解表所列县（市、区）"?: string | null;
  "是否属于方案所列60个"?: boolean | "是" | "否" | "true" | "false" | "yes" | "no" | null;
  "统计用区划代码"?: string | null;
  "民政部区划代码"?: string | null;
  "是否为有条件的乡镇（街道）"?: boolean | "是" | "否" | "true" | "false" | "yes" | "no" | null;
}

/** Strong Kleene truth. */
export type Truth = "true" | "false" | "unknown";

/** Which version of a rule is in force; null where none is. */
export interface VersionInForce {
  rule: string;
  since: string | null;
  until: string | null;
}

/** What a rule says from a day on; `until` is not included. Expressions as the file has them. */
export interface VersionTold {
  since: string;
  until: string | null;
  in_force: boolean;
  due: DueTold;
  let: Array<LetTold>;
  when: string | null;
  used: string | null;
  require: string | null;
  otherwise: Said | null;
  cites: Array<Cited>;
  readings: Array<string>;
}

/** A 志愿者服务团队: 四（三） has one formed alongside the resident workers. */
export interface VolunteerTeam {
  /** the team's id */
  id?: string;
  /** 四（三）: the station it serves */
  station?: string | null;
  /** 四（三）: the day it was formed */
  formed_on?: string | null;
  /** 四（三）: how many volunteers */
  members?: number | string | null;
  "团队编号"?: string;
  "所属社工站"?: string | null;
  "组建日期"?: string | null;
  "志愿者人数"?: number | string | null;
}

/** Whoever answers: a fact of the dossier to which others belong. */
export interface Who {
  kind: string;
  id: string;
}

/** An answer other than the one asked for: RFC 9457, with everything that is wrong. */
export class JingmenProblem extends Error {
  readonly status: number;
  readonly problem: ProblemDocument;
  /** Seconds after which to ask again, where the service said so. */
  readonly retryAfter: number | null;
  readonly errors: ErrorTold[];
}

export interface Options {
  /** The secret that `jingmen token new` printed. */
  token?: string;
  /** The language of messages. */
  language?: "zh" | "en";
  /** Seconds to wait for an answer. */
  timeout?: number;
  /** How often to ask again where the service is busy. */
  retries?: number;
  fetch?: typeof globalThis.fetch;
}

/** Asks a service. Every method throws JingmenProblem for any other answer. */
export class JingmenClient {
  constructor(base?: string, options?: Options);
  /** Put every rule to one dossier. */
  judge(body: Judge): Promise<Brief | Full>;
  /** Put every rule to many dossiers, each by itself. */
  judgeBatch(body: JudgeBatch): Promise<Batch>;
  /** One rule and one subject. */
  explain(body: Explain): Promise<Full>;
  /** Of all that is not known, the fact that settles most for whoever answers. */
  nextQuestion(body: NextQuestion): Promise<NextAsked>;
  /** The rules in the order of the text, with the version of each in force on a day. */
  rules(query?: { as_of?: string; corpus?: string; section?: string }): Promise<RuleList>;
  /** Everything a rule says. */
  rule(rule: string, query?: { as_of?: string; corpus?: string }): Promise<RuleTold>;
  /** The text sentence by sentence, with the rules that quote each. */
  clauses(query?: { corpus?: string }): Promise<ClauseList>;
  /** One part of the text by its address, and what is inside it. */
  clause(address: string, query?: { corpus?: string }): Promise<ClauseList>;
  /** Every reading that had to be chosen, with its basis and its alternatives. */
  readings(query?: { corpus?: string }): Promise<ReadingList>;
  /** One reading that had to be chosen. */
  reading(reading: string, query?: { corpus?: string }): Promise<ReadingTold>;
  /** Every place where the document disagrees with itself, or is silent. */
  discrepancies(query?: { corpus?: string }): Promise<DiscrepancyList>;
  /** The corpora that are served. */
  corpora(): Promise<CorpusList>;
  /** One corpus on a day. */
  corpusAt(corpus: string, query?: { as_of?: string }): Promise<CorpusAt>;
  /** What a decision was made of. */
  receipt(receipt: string): Promise<Receipt>;
  /** Whether the process answers at all. */
  live(): Promise<Health>;
  /** Whether to send requests here. */
  ready(): Promise<Health>;
  /** Figures for Prometheus. */
  metrics(): Promise<string>;
}
