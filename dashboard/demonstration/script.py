"""The hand-written part of the demonstration. One row a line, cells between bars, in the order that heads each table.

`fact:` sources name what is published; everything else is invented.
"""

INVENTED = "Illustrative: invented for the demonstration"
FICTIONAL = "Fictional: invented for the demonstration"
CORDIS_TABLE = (
    "FP7 participation table of CORDIS, record number 109864, taken to be JEUPISTE's: the Institute's only FP7 "
    "project, ten partners, two of them Japanese"
)
FINAL_REPORT = "CORDIS, final report summary of JEUPISTE (grant agreement 609585)"
ARTICLE = (
    "CORDIS, results in brief of JEUPISTE: Europe and Japan team up to boost science, technology and innovation "
    "capacity"
)
PROJECT_ADDRESS = "https://cordis.europa.eu/project/id/609585"


def rows(table: str) -> list[list[str]]:
    """The cells of a table below, without the blanks around them."""
    return [[cell.strip() for cell in line.split("|")] for line in table.strip().splitlines()]


# What stands in many rows: sources, topics of reports, parts of Horizon 2020
JAPANESE: dict[str, str] = dict(rows(f"""
{INVENTED} | 例示：デモ用に創作
{FICTIONAL} | 架空：デモ用に創作
{CORDIS_TABLE} | CORDISのFP7参加機関表、記録番号109864。JEUPISTEのものと推定：同研究所の唯一のFP7プロジェクトで、10機関のうち日本は2機関
{FINAL_REPORT} | CORDIS、JEUPISTE最終報告書概要（助成契約番号609585）
European Commission, research pages | 欧州委員会、研究ページ
European Commission, research pages: date and place; theme and participants are illustrative | 欧州委員会、研究ページ：日付と場所。テーマと参加者は例示
Kobe University, news of 1 June 2014: date, place and about 70 participants; who they were is illustrative | 神戸大学、2014年6月1日のニュース：日付、場所、約70名の参加者。参加者の内訳は例示
Kobe University's Umeda laboratory, Osaka: date and place; participants and results are illustrative | 神戸大学梅田ラボ（大阪）：日付と場所。参加者と結果は例示
JEUPISTE deliverable D2.2: title; its date and use are illustrative | JEUPISTE成果物D2.2：題名。日付と活用は例示
cooperation | 協力
programmes | 助成プログラム
barriers | 障壁
mobility | 人材の移動
themes | 重点分野
joint calls | 共同公募
outlook | 今後の展望
Excellent Science: Marie Skłodowska-Curie actions | 卓越した科学：マリー・スクウォドフスカ＝キュリー・アクション
Excellent Science: Future and emerging technologies | 卓越した科学：未来・新興技術
Industrial Leadership: ICT | 産業リーダーシップ：情報通信技術
Industrial Leadership: Nanotechnologies and materials | 産業リーダーシップ：ナノテクノロジー・材料
Industrial Leadership: Biotechnology | 産業リーダーシップ：バイオテクノロジー
Societal Challenges: Energy | 社会的課題：エネルギー
Societal Challenges: Transport | 社会的課題：交通
Societal Challenges: Food and bioeconomy | 社会的課題：食料・バイオエコノミー
"""))


CITIES = """
Tokyo        | JP | 35.6895 | 139.6917
Kobe         | JP | 34.6913 | 135.1830
Osaka        | JP | 34.6937 | 135.5022
Kyoto        | JP | 35.0116 | 135.7681
Nagoya       | JP | 35.1815 | 136.9064
Sendai       | JP | 38.2682 | 140.8694
Tsukuba      | JP | 36.0835 | 140.0764
Yokohama     | JP | 35.4437 | 139.6380
Kitakyushu   | JP | 33.8834 | 130.8751
Fukuoka      | JP | 33.5902 | 130.4017
Sapporo      | JP | 43.0621 | 141.3544
Hiroshima    | JP | 34.3853 | 132.4553
Brussels     | BE | 50.8505 | 4.3488
Vienna       | AT | 48.2085 | 16.3721
Barcelona    | ES | 41.3888 | 2.1590
Bilbao       | ES | 43.2627 | -2.9253
Cologne      | DE | 50.9333 | 6.9500
Nuremberg    | DE | 49.4542 | 11.0775
Rome         | IT | 41.8919 | 12.5113
Turin        | IT | 45.0705 | 7.6868
Budapest     | HU | 47.4984 | 19.0404
Ankara       | TR | 39.9199 | 32.8543
Heraklion    | GR | 35.3279 | 25.1434
Paris        | FR | 48.8534 | 2.3488
Lyon         | FR | 45.7485 | 4.8467
Eindhoven    | NL | 51.4408 | 5.4778
Warsaw       | PL | 52.2298 | 21.0118
Espoo        | FI | 60.2052 | 24.6522
Gothenburg   | SE | 57.7072 | 11.9668
Ghent        | BE | 51.0500 | 3.7167
Lisbon       | PT | 38.7169 | -9.1399
Copenhagen   | DK | 55.6759 | 12.5655
"""

THEMES = """
smart-communities | Smart communities  | スマートコミュニティ
power-electronics | Power electronics  | パワーエレクトロニクス
biotechnology     | Biotechnology      | バイオテクノロジー
cross-cutting     | Cross-cutting      | 分野横断
"""

CONSORTIUM = """
eu-japan-centre | EU-Japan Centre for Industrial Cooperation (Institute for International Studies and Training) | 日欧産業協力センター（貿易研修センター） | association           | Tokyo
kobe-university | Kobe University                                         | 神戸大学                     | university            | Kobe
forth           | FORTH, Foundation for Research and Technology – Hellas  | ギリシャ研究技術財団（FORTH）| research_organisation | Heraklion
rcisd           | RCISD, Regional Centre for Information and Scientific Development | RCISD（ハンガリー）| association           | Budapest
insme           | INSME, International Network for SMEs                   | INSME（イタリア）            | association           | Rome
tubitak         | TÜBİTAK, Scientific and Technological Research Council of Turkey | トルコ科学技術研究会議（TÜBİTAK） | funding_agency | Ankara
zsi             | ZSI, Centre for Social Innovation                       | 社会イノベーションセンター（ZSI） | research_organisation | Vienna
agaur           | AGAUR, Agency for Management of University and Research Grants | AGAUR（カタルーニャ州） | funding_agency        | Barcelona
dlr             | DLR, German Aerospace Center                            | ドイツ航空宇宙センター（DLR）| research_organisation | Cologne
apre            | APRE, Agency for the Promotion of European Research     | 欧州研究推進機構（APRE）     | association           | Rome
"""

FICTIONAL_ORGANISATIONS = """
office-europe   | Programme office Europe (fictional)      | プログラム欧州事務局（架空）     | association           | Brussels
office-japan    | Programme office Japan (fictional)       | プログラム日本事務局（架空）     | association           | Tokyo
danubia-grid    | Danubia Institute for Urban Energy       | ダヌビア都市エネルギー研究所     | research_organisation | Vienna
costa-verda     | Costa Verda University of Technology     | コスタ・ベルダ工科大学           | university            | Barcelona
iberwatt        | Iberwatt Sistemas                        | イベルワット・システマス         | company               | Bilbao
nordlys-city    | Nordlys City Lab                         | ノルドリス・シティラボ           | research_organisation | Copenhagen
po-valley       | Po Valley Polytechnic                    | ポー平原工科大学                 | university            | Turin
frankonia-power | Frankonia Power Devices                  | フランコニア・パワーデバイス     | company               | Nuremberg
rheinhafen      | Rheinhafen Institute for Semiconductors  | ラインハーフェン半導体研究所     | research_organisation | Cologne
brabant-chips   | Brabant Wide-Bandgap Centre              | ブラバント・ワイドバンドギャップ研究所 | research_organisation | Eindhoven
vastkust        | Västkust University of Technology        | ヴェストクスト工科大学           | university            | Gothenburg
rhone-bio       | Rhône Bioprocess                         | ローヌ・バイオプロセス           | company               | Lyon
leie-gene       | Leie Institute of Plant Biotechnology    | レイエ植物バイオ研究所           | research_organisation | Ghent
karelia-bio     | Suomenlahti Biocentre                    | スオメンラハティ・バイオセンター | research_organisation | Espoo
wisla-energy    | Wisła Energy Cluster                     | ヴィスワ・エネルギークラスター   | association           | Warsaw
kanto-denryoku  | Musashino Energy Systems                 | 武蔵野エナジーシステムズ         | company               | Tokyo
minato-city     | Minatomirai Smart City Council           | みなとみらいスマートシティ協議会 | association           | Yokohama
dokai-bay       | Dokai Bay Institute of Technology        | 洞海湾工業研究所                 | research_organisation | Kitakyushu
genkai-univ     | Genkai University                        | 玄海大学                         | university            | Fukuoka
owari-denso     | Owari Power Modules                      | 尾張パワーモジュール             | company               | Nagoya
tokai-tech      | Tokai-kita Institute of Technology       | 東海北工業大学                   | university            | Nagoya
hitachino       | Hitachino Semiconductor Institute        | 常陸野半導体研究所               | research_organisation | Tsukuba
aobayama        | Aobayama University                      | 青葉山大学                       | university            | Sendai
kamogawa-bio    | Kamogawa Institute of Bioscience         | 鴨川生命科学研究所               | research_organisation | Kyoto
naniwa-pharma   | Naniwa Enzymes                           | 浪花酵素                         | company               | Osaka
ishikari-agri   | Ishikari Agricultural University         | 石狩農業大学                     | university            | Sapporo
"""

AGENCIES = """
agency-at | Austrian Agency for Asian Research Links (fictional)    | オーストリア・アジア研究連携機構（架空） | Vienna     | 2014-09-18 |
agency-be | Flanders–Japan Science Fund (fictional)                 | フランドル日本科学基金（架空）           | Ghent      | 2014-09-18 |
agency-de | German Office for Partnerships with Japan (fictional)   | ドイツ日本連携局（架空）                 | Cologne    | 2014-09-18 |
agency-es | Spanish Agency for Joint Research (fictional)           | スペイン共同研究庁（架空）               | Barcelona  | 2014-09-18 |
agency-hu | Hungarian Bilateral Research Fund (fictional)           | ハンガリー二国間研究基金（架空）         | Budapest   | 2014-09-18 |
agency-it | Italian Council for Scientific Cooperation (fictional)  | イタリア科学協力評議会（架空）           | Rome       | 2014-09-18 |
agency-tr | Anatolian Research Council (fictional)                  | アナトリア研究会議（架空）               | Ankara     | 2014-12-11 |
agency-fr | French Fund for Distant Partners (fictional)            | フランス遠隔地連携基金（架空）           | Paris      | 2015-03-26 |
agency-fi | Finnish Council for Northern Research (fictional)       | フィンランド北方研究会議（架空）         | Espoo      | 2015-06-11 |
agency-pl | Polish Office of Research Exchange (fictional)          | ポーランド研究交流局（架空）             | Warsaw     | 2015-06-11 | 2016-06-30
agency-jp | Japan Fund for Cooperative Science (fictional)          | 日本協働科学基金（架空）                 | Tokyo      | 2015-10-22 |
agency-se | Swedish Fund for International Research (fictional)     | スウェーデン国際研究基金（架空）         | Gothenburg | 2016-04-21 |
agency-pt | Portuguese Agency for Research Links (fictional)        | ポルトガル研究連携庁（架空）             | Lisbon     | 2016-10-13 |
"""

# Code | date | city | theme | objective | format | people | title | Japanese title | source where published
EVENTS = """
E01 | 2013-11-21 | Tokyo     | cross-cutting     | h | on_site | 124 | Horizon 2020 is open to Japan                       | Horizon 2020、日本に開かれる            |
E02 | 2014-01-23 | Brussels  | cross-cutting     | j | on_site |  86 | Japanese programmes for European researchers        | 欧州研究者のための日本の研究プログラム  |
E03 | 2014-02-18 | Sendai    | cross-cutting     | h | on_site |  58 | Horizon 2020 information day in Tohoku              | 東北Horizon 2020説明会                  |
E04 | 2014-05-29 | Kobe      | cross-cutting     | h | on_site |  70 | Horizon 2020 seminar at Kobe University             | 神戸大学Horizon 2020セミナー            | fact: Kobe University, news of 1 June 2014: date, place and about 70 participants; who they were is illustrative
E05 | 2014-06-12 | Budapest  | cross-cutting     | j | on_site |  52 | Working with Japan: programmes and partners         | 日本との連携：制度とパートナー          |
E06 | 2014-07-03 | Vienna    | cross-cutting     | m | on_site |  47 | Research stays between Europe and Japan             | 日欧間の研究滞在                        |
E07 | 2014-10-02 | Nagoya    | power-electronics | h | on_site |  83 | Power electronics: calls and partners               | パワーエレクトロニクス：公募と連携先    |
E08 | 2014-11-13 | Turin     | smart-communities | j | on_site |  64 | Second innovation workshop                          | 第2回イノベーション・ワークショップ     | fact: European Commission, research pages: date and place; theme and participants are illustrative
E09 | 2014-12-10 | Barcelona | smart-communities | j | on_site |  76 | Smart communities: Europe meets Japan               | スマートコミュニティ：日欧の出会い      |
E10 | 2015-01-29 | Tokyo     | cross-cutting     | h | on_site | 138 | Horizon 2020 in its second year                     | 2年目を迎えたHorizon 2020               |
E11 | 2015-02-19 | Cologne   | power-electronics | j | on_site |  61 | Japanese partners in power electronics              | パワーエレクトロニクスの日本側パートナー |
E12 | 2015-05-21 | Ankara    | cross-cutting     | m | on_site |  49 | Staff exchange with Japan                           | 日本との人材交流                        |
E13 | 2015-06-04 | Kyoto     | biotechnology     | h | on_site |  72 | Biotechnology in Horizon 2020                       | Horizon 2020のバイオテクノロジー        |
E14 | 2015-06-25 | Heraklion | biotechnology     | j | on_site |  41 | Life sciences with Japanese institutes              | 日本の研究所との生命科学                |
E15 | 2015-07-09 | Tokyo     | cross-cutting     | h | online  |  92 | Webinar: how to join a proposal                     | ウェビナー：提案への参加方法            |
E16 | 2015-12-03 | Osaka     | biotechnology     | h | on_site |  63 | From laboratory to joint project                    | 研究室から共同プロジェクトへ            |
E17 | 2016-01-21 | Rome      | cross-cutting     | m | on_site |  48 | Mobility for early-career researchers               | 若手研究者の国際移動                    |
E18 | 2016-02-04 | Tokyo     | cross-cutting     | h | on_site | 131 | Horizon 2020: the 2016–2017 calls                   | Horizon 2020：2016–2017年公募           |
E19 | 2016-03-10 | Yokohama  | smart-communities | h | on_site |  69 | Smart communities after the first projects          | 最初の事業を終えたスマートコミュニティ  |
E20 | 2016-05-26 | Sapporo   | biotechnology     | h | on_site |  44 | Food and agriculture research with Europe           | 欧州との食料・農業研究                  |
E21 | 2016-06-16 | Paris     | power-electronics | j | on_site |  67 | Wide-bandgap semiconductors: Europe and Japan       | ワイドバンドギャップ半導体：欧州と日本  |
E22 | 2016-07-07 | Fukuoka   | smart-communities | h | hybrid  |  78 | Energy and mobility in the city                     | 都市のエネルギーと交通                  |
E23 | 2016-10-06 | Warsaw    | cross-cutting     | j | on_site |  46 | Japan as a partner for central Europe               | 中欧のパートナーとしての日本            |
E24 | 2016-10-20 | Tokyo     | cross-cutting     | m | hybrid  | 117 | Careers across two systems                          | 二つの制度をまたぐ研究者のキャリア      |
E25 | 2016-11-24 | Hiroshima | cross-cutting     | h | on_site |  39 | Horizon 2020 information day in Chugoku             | 中国地方Horizon 2020説明会              |
E26 | 2017-02-09 | Brussels  | cross-cutting     | j | on_site | 142 | What the partnership achieved: closing conference   | 連携の成果：閉会会議                    |
"""

PRESENTATIONS = """
P01 | 2013-12-12 | Tsukuba    | cross-cutting     | h | on_site | 34 | Horizon 2020 in brief, at a meeting of research institutes        | 研究機関会合でのHorizon 2020概要           |
P02 | 2014-02-06 | Paris      | cross-cutting     | j | on_site | 29 | Japanese funding, at an industry day                              | 産業デーでの日本の助成制度紹介             |
P03 | 2014-04-24 | Lisbon     | cross-cutting     | m | on_site | 22 | Staying in Japan, at a mobility fair                              | 国際移動フェアでの日本滞在案内             |
P04 | 2014-06-20 | Osaka      | cross-cutting     | h | on_site | 41 | Contact points explained, at a university network                 | 大学ネットワークでの窓口紹介               |
P05 | 2014-07-17 | Yokohama   | smart-communities | h | on_site | 38 | European city pilots, at a smart-city exhibition                  | スマートシティ展での欧州の実証紹介         |
P06 | 2014-09-25 | Copenhagen | smart-communities | j | on_site | 26 | Japanese city pilots, at an energy congress                       | エネルギー会議での日本の実証紹介           |
P07 | 2014-10-23 | Tokyo      | power-electronics | h | on_site | 45 | European calls, at a power-electronics symposium                  | パワエレ・シンポジウムでの欧州公募紹介     |
P08 | 2014-12-04 | Fukuoka    | cross-cutting     | h | on_site | 31 | Horizon 2020 for regions, at a chamber of commerce                | 商工会議所での地域向けHorizon 2020         |
P09 | 2015-02-05 | Vienna     | cross-cutting     | j | on_site | 24 | Partner search in Japan, at a contact-point meeting               | 窓口担当者会合での日本の連携先探し         |
P10 | 2015-03-05 | Nagoya     | power-electronics | h | on_site | 36 | Partners in Europe, at a cluster meeting                          | クラスター会合での欧州の連携先紹介         |
P11 | 2015-05-14 | Eindhoven  | power-electronics | j | on_site | 33 | Japanese semiconductor programmes, at a trade fair                | 見本市での日本の半導体プログラム紹介       |
P12 | 2015-06-18 | Kobe       | biotechnology     | h | on_site | 28 | Bioscience calls, at a biomedical cluster                         | 医療クラスターでの生命科学公募紹介         |
P13 | 2015-07-02 | Lyon       | biotechnology     | j | on_site | 25 | Bioprocess research in Japan, at a biotechnology forum            | バイオフォーラムでの日本の研究紹介         |
P14 | 2015-10-15 | Tokyo      | cross-cutting     | m | on_site | 37 | Fellowships in Europe, at a researchers' fair                     | 研究者フェアでの欧州フェローシップ         |
P15 | 2016-01-14 | Sendai     | cross-cutting     | h | on_site | 27 | From idea to consortium, at a university seminar                  | 大学セミナー：着想から共同体へ             |
P16 | 2016-02-18 | Espoo      | biotechnology     | j | on_site | 21 | Working with Japanese institutes, at a bioeconomy day             | バイオエコノミーデーでの日本連携紹介       |
P17 | 2016-03-03 | Kitakyushu | smart-communities | h | on_site | 42 | European demonstration cities, at an eco-city forum               | エコシティフォーラムでの欧州実証都市       |
P18 | 2016-05-12 | Nuremberg  | power-electronics | j | on_site | 40 | Research with Japan, at a power-electronics fair                  | パワエレ見本市での日本との研究             |
P19 | 2016-06-23 | Kyoto      | cross-cutting     | h | on_site | 29 | Managing European projects, at a research managers' meeting       | 研究管理者会合での欧州事業運営             |
P20 | 2016-09-29 | Gothenburg | cross-cutting     | m | on_site | 23 | Two years in Japan, at a doctoral school                          | 博士課程での日本滞在紹介                   |
P21 | 2016-11-10 | Tokyo      | smart-communities | h | online  | 68 | Lessons of the partnerships, at a city network webinar            | 都市ネットワーク・ウェビナーでの教訓紹介   |
P22 | 2017-01-19 | Bilbao     | smart-communities | j | on_site | 44 | Results for cities, at an energy cluster                          | エネルギークラスターでの都市向け成果       |
"""

BUILDING = """
B1 | 2014-10-03 | Nagoya     | power-electronics |   | on_site | 28 | Power electronics matchmaking                    | パワーエレクトロニクス商談会               |
B2 | 2015-03-19 | Nuremberg  | power-electronics |   | on_site | 31 | Power devices partnering workshop                | パワーデバイス連携ワークショップ           |
B3 | 2014-12-11 | Barcelona  | smart-communities |   | on_site | 34 | Smart communities matchmaking                    | スマートコミュニティ商談会                 |
B4 | 2016-03-11 | Yokohama   | smart-communities |   | on_site | 29 | City pilots partnering workshop                  | 都市実証の連携ワークショップ               |
B5 | 2015-06-05 | Kyoto      | biotechnology     |   | on_site | 24 | Biotechnology matchmaking                        | バイオテクノロジー商談会                   |
B6 | 2016-04-14 | Ghent      | biotechnology     |   | on_site | 22 | Plant and process biotechnology workshop         | 植物・プロセスバイオ連携ワークショップ     |
"""

TRAININGS = """
T1 | 2014-07-25 | Tokyo    | cross-cutting |   | on_site | 26 | Research administrators: reading a European call       | URA研修：欧州公募の読み方               |
T2 | 2015-01-22 | Kyoto    | cross-cutting |   | on_site | 23 | Research administrators: building a consortium         | URA研修：コンソーシアムの作り方         |
T3 | 2015-07-24 | Sendai   | cross-cutting |   | on_site | 18 | Research administrators: budgets and rules             | URA研修：予算と規則                     |
T4 | 2015-11-05 | Brussels | cross-cutting |   | on_site | 21 | Contact points in Europe: working with Japan           | 欧州の窓口担当者研修：日本との連携      |
T5 | 2016-02-25 | Fukuoka  | cross-cutting |   | on_site | 24 | Research administrators: writing the impact section    | URA研修：インパクトの書き方             |
T6 | 2016-07-29 | Osaka    | cross-cutting |   | on_site | 32 | Training seminar at Kobe University's Umeda laboratory | 神戸大学梅田ラボでの研修セミナー        | fact: Kobe University's Umeda laboratory, Osaka: date and place; participants and results are illustrative
"""

DIALOGUES = """
D1 | 2014-06-05 | Brussels | cross-cutting |   | on_site | 22 | First policy dialogue on joint priorities       | 第1回政策対話：共同優先課題           |
D2 | 2014-12-09 | Tokyo    | cross-cutting |   | on_site | 25 | Second policy dialogue: funding together        | 第2回政策対話：共同助成               |
D3 | 2015-06-11 | Vienna   | cross-cutting |   | on_site | 21 | Third policy dialogue: researcher mobility      | 第3回政策対話：研究者の移動           |
D4 | 2016-01-28 | Tokyo    | cross-cutting |   | on_site | 27 | Fourth policy dialogue: innovation and industry | 第4回政策対話：イノベーションと産業   |
D5 | 2016-06-30 | Rome     | cross-cutting |   | on_site | 23 | Fifth policy dialogue: lessons for joint calls  | 第5回政策対話：共同公募の教訓         |
D6 | 2017-02-10 | Brussels | cross-cutting |   | on_site | 31 | Closing policy dialogue                         | 最終政策対話                          |
G1 | 2014-09-18 | Brussels | cross-cutting |   | on_site | 14 | Interest group: founding meeting                | インタレストグループ：設立会合        |
G2 | 2015-03-26 | Paris    | cross-cutting |   | on_site | 15 | Interest group: plan of joint calls             | インタレストグループ：共同公募計画    |
G3 | 2015-10-22 | Tokyo    | cross-cutting |   | on_site | 17 | Interest group: meeting in Japan                | インタレストグループ：日本会合        |
G4 | 2016-04-21 | Cologne  | cross-cutting |   | online  | 16 | Interest group: results of the first calls      | インタレストグループ：第1回公募の結果 |
G5 | 2016-10-13 | Lisbon   | cross-cutting |   | on_site | 15 | Interest group: after the programme             | インタレストグループ：プログラム終了後 |
"""

# Code | theme | status | origin | coordinator, partners | contact, agreement, proposal, funded, concluded | title | Japanese title
PARTNERSHIPS = """
PS01 | smart-communities | active       | B3 | costa-verda, minato-city, iberwatt               | 2014-12-11, 2015-07-08, 2016-02-16, 2016-09-22,            | Demand response in coastal cities         | 沿岸都市のデマンドレスポンス
PS02 | smart-communities | concluded    | B3 | danubia-grid, kanto-denryoku                     | 2014-12-18, 2015-06-17, 2015-09-15, 2016-03-10, 2017-02-15 | Heat and power in dense districts         | 高密度街区の熱電併給
PS03 | smart-communities | active       | B3 | nordlys-city, genkai-univ                        | 2015-02-05, 2016-04-20, , ,                                | Open data for city energy                 | 都市エネルギーのオープンデータ
PS04 | smart-communities | active       | B4 | po-valley, dokai-bay, wisla-energy               | 2016-03-11, 2016-09-29, 2017-01-17, ,                      | Industrial ports without waste            | 廃棄物のない工業港
PS05 | smart-communities | active       | B4 | minato-city, danubia-grid                        | 2016-05-19, , , ,                                          | Shared electric fleets                    | 共有型電動車両群
PS06 | power-electronics | active       | B1 | frankonia-power, owari-denso                     | 2014-10-03, 2015-03-12, 2015-09-15, 2016-05-12,            | Modules for high temperatures             | 高温対応モジュール
PS07 | power-electronics | discontinued | B1 | tokai-tech, vastkust                             | 2014-11-20, 2015-10-01, 2016-02-16, ,                      | Measuring switching losses                | スイッチング損失の計測
PS08 | power-electronics | active       | B2 | brabant-chips, hitachino, rheinhafen             | 2015-03-19, 2016-01-14, 2016-09-13, ,                      | Gallium nitride for converters            | 変換器用窒化ガリウム
PS09 | power-electronics | active       | B2 | rheinhafen, aobayama                             | 2015-04-23, 2016-06-02, 2017-01-17, ,                      | Reliability of power modules              | パワーモジュールの信頼性
PS10 | biotechnology     | active       | B5 | rhone-bio, naniwa-pharma, kamogawa-bio           | 2015-06-05, 2016-02-10, 2016-09-13, 2017-02-20,            | Enzymes for clean processes               | クリーンプロセス用酵素
PS11 | biotechnology     | active       | B6 | leie-gene, ishikari-agri, karelia-bio            | 2016-04-14, 2016-11-17, , ,                                | Crops for short summers                   | 短い夏のための作物
"""

# Code | published on | topic | title | Japanese title | uses: dialogue and t(abled), d(iscussed), a(dopted) | source
REPORTS = """
R1 | 2014-03-31 | cooperation  | Analysis of the EU-Japan cooperation in FP7             | FP7における日EU協力の分析             | D1 tda, D2 td | fact: JEUPISTE deliverable D2.2: title; its date and use are illustrative
R2 | 2014-07-31 | programmes   | Japanese programmes open to European researchers        | 欧州研究者に開かれた日本の制度        | D2 td         |
R3 | 2014-11-28 | barriers     | What keeps organisations from applying                  | 申請を妨げる要因                      | D2 tda        |
R4 | 2015-04-30 | mobility     | Researcher mobility between Europe and Japan            | 日欧間の研究者の移動                  | D3 td         |
R5 | 2015-12-18 | themes       | Power electronics: strengths on both sides              | パワーエレクトロニクス：双方の強み    | D4 t          |
R6 | 2016-01-15 | joint calls  | Options for joint calls                                 | 共同公募の選択肢                      | D4 td, D5 tda |
R7 | 2016-05-31 | themes       | Smart communities: what pilots have shown               | スマートコミュニティ：実証の成果      | D5 t          |
R8 | 2016-10-31 | themes       | Biotechnology: where cooperation is missing             | バイオテクノロジー：協力の空白        |               |
R9 | 2017-01-31 | outlook      | Cooperation after the programme                         | プログラム終了後の協力                |               |
"""

# Code | theme | opened | closed | proposals | funded | title | Japanese title
JOINT_CALLS = """
J1 | smart-communities | 2015-05-11 | 2015-09-30 | 21 | 4 | Joint call on urban energy            | 都市エネルギー共同公募
J2 | power-electronics | 2015-11-16 | 2016-03-31 | 17 | 3 | Joint call on efficient power devices | 高効率パワーデバイス共同公募
J3 | cross-cutting     | 2016-05-09 | 2016-09-30 | 34 | 8 | Joint call on researcher exchange     | 研究者交流共同公募
J4 | biotechnology     | 2016-11-14 | 2017-02-28 | 12 |   | Joint call on bioprocesses            | バイオプロセス共同公募
"""

# Code | kind | side | languages | from | to | title | Japanese title | monthly use at full run: measure first→last
SERVICES = """
newsletter-japan | newsletter       | japan | ja    | 2013-11-01 | 2017-02-28 | Horizon 2020 news for Japan           | 日本向けHorizon 2020ニュース   | subscribers 120 1480
newsletter-eu    | newsletter       | eu    | en    | 2014-02-01 | 2017-02-28 | Research in Japan, monthly            | 月刊「日本の研究」             | subscribers 210 2350
web-pages        | web_pages        | japan | ja,en | 2013-10-01 |            | Web pages of the contact point        | 窓口ウェブサイト               | visits 640 4300
guide-japan      | guide            | japan | ja    | 2014-05-01 |            | Guide to taking part in Horizon 2020  | Horizon 2020参加の手引き       | downloads 160 95
funding-database | funding_database | eu    | en    | 2014-09-01 |            | Database of Japanese funding          | 日本の助成データベース         | visits 380 1650
"""

# Date | text | Japanese text | source where published
MILESTONES = """
2013-09-01 | The programme starts                               | プログラム開始                 | fact: CORDIS, final report summary of JEUPISTE (grant agreement 609585)
2013-10-15 | Both help desks open                               | 両ヘルプデスク開設             |
2014-01-15 | Horizon 2020 contact point in Japan at work        | 日本のHorizon 2020連絡窓口が始動 |
2014-09-18 | European Interest Group for Japan founded          | 日本に関する欧州インタレストグループ設立 |
2014-11-14 | Third consortium meeting, Turin                    | 第3回コンソーシアム会合（トリノ） | fact: European Commission, research pages
2015-09-30 | Mid-term: events slip by a season                  | 中間期：行事が一季節遅れる     |
2016-03-10 | First partnership project funded                   | 最初の連携プロジェクトが採択   |
2017-02-28 | The programme ends                                 | プログラム終了                 | fact: CORDIS, final report summary of JEUPISTE (grant agreement 609585)
"""

TARGET_DATES = ("2013-09-01", "2014-08-31", "2015-08-31", "2016-08-31", "2017-02-28")

# Indicator | planned on each of the dates above; the first is the baseline
TARGETS = """
events                          |  0 |    6 |   15 |   22 |   24
presentations                   |  0 |    5 |   12 |   18 |   20
people_reached                  |  0 |  600 | 1600 | 2300 | 2500
partnership_building_activities |  0 |    1 |    4 |    6 |    6
partnerships                    |  0 |    0 |    3 |    9 |   12
help_desk_cases                 |  0 |  180 |  500 |  800 |  900
first_response_days             |  5 |    4 |    3 |    3 |    3
cases_within_standard           | 0.6 |  0.7 |  0.8 |  0.8 |  0.8
applications_supported          |  0 |    6 |   24 |   42 |   50
application_success_rate        | 0.12 | 0.13 | 0.14 | 0.15 | 0.15
training_seminars               |  0 |    1 |    4 |    6 |    6
people_trained                  |  0 |   20 |   85 |  140 |  150
training_gain                   | 10 |   10 |   12 |   15 |   15
applied_after_six_months        | 0.4 |  0.4 |  0.5 |  0.6 |  0.6
reports                         |  0 |    2 |    5 |    8 |    9
reports_used                    | 0.3 |  0.4 |  0.5 |  0.6 |  0.6
interest_group_members          |  0 |    0 |    8 |   11 |   12
"""

# Indicator | value | qualifier | statement | Japanese statement
PUBLISHED = """
events                          |   26 | exactly | 26 events were held                                                       | 26件のイベントを開催
presentations                   |   22 | exactly | 22 presentations were given                                               | 22件の発表を実施
people_reached                  | 2700 | exactly | events and presentations reached 2,700 stakeholders                       | イベントと発表で2,700人の関係者に到達
partnership_building_activities |    6 | exactly | 6 partnership-building activities in three themes                         | 3分野で6件のパートナーシップ構築活動
partnerships                    |   11 | exactly | 11 EU–Japan partnerships emerged from them                                | そこから11件の日EUパートナーシップが誕生
help_desk_cases                 | 1000 | nearly  | the help desk dealt with nearly 1,000 cases                               | ヘルプデスクは1,000件近くに対応
applications_supported          |   57 | exactly | 57 Horizon 2020 applications with Japanese organisations were supported   | 日本の機関が参加するHorizon 2020申請57件を支援
training_seminars               |    6 | exactly | 5 training seminars for administrators in Japan and 1 for European contact points | 日本のURA向け研修5件、欧州の窓口担当者向け1件
reports                         |    9 | exactly | 9 analytical reports were written                                         | 9件の分析報告書を作成
"""
# What others have published: the same, with its source and where that can be read
PUBLISHED_BESIDE = """
horizon_2020_success_rate | 0.126 | exactly | of eligible full proposals in the calls of 2014 to 2016 | 2014〜2016年の公募における適格な正式提案のうち | European Commission, Horizon 2020 in full swing: three years on, key facts and figures 2014–2016 (2018), as summarised by Zabala | http://www.zabala.eu/en/news/horizon-2020-three-years-key-facts-and-figures-2014-2016
"""
