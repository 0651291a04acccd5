"""The traditional characters that occur in the received text, each with its simplified form.

Frozen from OpenCC's t2s table, which converts this text character by character.
"""

from __future__ import annotations

TRADITIONAL = (
    "來個備傳價優兒內別則創劃動務勞勵區協參員啟單國圍團執堅報場學實寶將專對導層崗帶廣"
    "廳張強從復徹愛慮應掃揮據數時書會東條業極構標機檔檢歲歷況準為營牽現環當發監眾確礎"
    "稱積節簡簽籌納級組結絡給統經綜網線練縣總績織繞繼續義聯職腦臨臺與興舉荊蓋處號補見"
    "規視觀訂計訓訪設訴評試認調論證識議護豐負財貫責買費貼資質購輔輻輿轉辦進運過達鄉錄"
    "錢鎮鏈鐘門開間關隊際隨險難電頁項預領頭額類顧養駐驟體點黨齊齡"
)
SIMPLIFIED = (
    "来个备传价优儿内别则创划动务劳励区协参员启单国围团执坚报场学实宝将专对导层岗带广"
    "厅张强从复彻爱虑应扫挥据数时书会东条业极构标机档检岁历况准为营牵现环当发监众确础"
    "称积节简签筹纳级组结络给统经综网线练县总绩织绕继续义联职脑临台与兴举荆盖处号补见"
    "规视观订计训访设诉评试认调论证识议护丰负财贯责买费贴资质购辅辐舆转办进运过达乡录"
    "钱镇链钟门开间关队际随险难电页项预领头额类顾养驻骤体点党齐龄"
)
TO_SIMPLIFIED = dict(zip(TRADITIONAL, SIMPLIFIED, strict=True))
