import { describe, expect, it } from 'vitest';
import { candidatesOf, readHeading, unitOfPath, unitOfTitle } from '../../../shared/domain/workbook/heading.ts';

const best = (...path: string[]): string | null => {
  const [first] = candidatesOf(path);
  return first !== undefined && first.confidence >= 0.55 ? first.field : null;
};

describe('[excel] 表头的写法', () => {
  it('normalises years, brackets, marks and units', () => {
    expect(readHeading('2021年\n计划投资（万元）★')).toEqual({
      key: '年度计划投资',
      full: '年度计划投资',
      unit: '万元',
      measure: null,
    });
    expect(readHeading('建设规模(万平方米)')).toMatchObject({ key: '建设规模', unit: 'other', measure: '万平方米' });
    expect(readHeading('总投资/亿元')).toMatchObject({ key: '总投资', unit: '亿元' });
    expect(readHeading('年产量（万吨）').unit).toBe('other');
    expect(unitOfTitle('填报时间：2021年5月    单位:亿 元')).toBe('亿元');
    expect(unitOfTitle('单位：万吨')).toBeNull();
    expect(unitOfPath(['工程投资(亿元)', '年度计划'])).toBe('亿元');
    expect(unitOfPath(['工程投资(亿元)', '到位资金（万元）'])).toBe('万元');
  });

  const single: readonly (readonly [string, string | null])[] = [
    ['项目名称', 'name'],
    ['项目名', 'name'],
    ['工程名称', 'name'],
    ['建设名称', 'name'],
    ['名称', 'name'],
    ['项目单位及名称', 'name'],
    ['重点项目名称', 'name'],
    ['序号', 'sequence'],
    ['序 号', 'sequence'],
    ['总投资', 'totalInvestment'],
    ['投资额', 'totalInvestment'],
    ['计划总投资', 'totalInvestment'],
    ['项目总投资（万元）', 'totalInvestment'],
    ['年度计划投资', 'annualPlan'],
    ['年度投资', 'annualPlan'],
    ['年计划投资', 'annualPlan'],
    ['投资计划', 'annualPlan'],
    ['2021年计划', 'annualPlan'],
    ['2021年度投资计划', 'annualPlan'],
    ['2021年计划完成投资', 'annualPlan'],
    ['年度计划投资额', 'annualPlan'],
    ['开工至上年底累计', 'previousInvestment'],
    ['截至2020年底累计完成投资', 'previousInvestment'],
    ['至2020年末累计完成', 'previousInvestment'],
    ['1-5月实际完成', 'yearToDate'],
    ['1—5月完成投资（万元）', 'yearToDate'],
    ['截至5月底累计完成投资', 'yearToDate'],
    ['自年初累计完成投资', 'yearToDate'],
    ['旬完成投资额', 'periodInvestment'],
    ['本旬完成投资', 'periodInvestment'],
    ['5月中旬完成投资', 'periodInvestment'],
    ['建设起止年限', 'years'],
    ['建设周期', 'years'],
    ['计划工期', 'years'],
    ['起止年限', 'years'],
    ['建设年限', 'years'],
    ['建设阶段', 'stage'],
    ['批次', 'stage'],
    ['项目性质', 'stage'],
    ['项目状态', 'stage'],
    ['责任单位', 'unitId'],
    ['牵头单位', 'unitId'],
    ['主管单位', 'unitId'],
    ['监管单位', 'unitId'],
    ['主责单位', 'unitId'],
    ['所在市县', 'unitId'],
    ['隶属区县', 'unitId'],
    ['所在省辖市、县区', 'unitId'],
    ['项目业主', 'builder'],
    ['业主单位', 'builder'],
    ['建设单位', 'builder'],
    ['实施单位', 'builder'],
    ['项目法人', 'builder'],
    ['建设主体', 'builder'],
    ['法人单位', 'builder'],
    ['业主单位或筹办单位', 'builder'],
    ['建设单位及责任人', 'builder'],
    ['建设地点', 'location'],
    ['地址', 'location'],
    ['建设内容及规模', 'content'],
    ['主要建设内容', 'content'],
    ['建设规模', 'content'],
    ['年度前期工作或形象进度目标', 'annualGoal'],
    ['2021年形象进度目标', 'annualGoal'],
    ['2021年主要建设内容', 'annualGoal'],
    ['目前项目建设形象进度', 'visibleProgress'],
    ['1-5月形象进度', 'visibleProgress'],
    ['进展情况', 'visibleProgress'],
    ['项目建设中存在问题', 'problems'],
    ['存在的主要问题', 'problems'],
    ['下一步工作安排', 'nextSteps'],
    ['挂点领导', 'cityLeaderId'],
    ['市级包保领导', 'cityLeaderId'],
    ['县级包保领导', 'countyLeaderId'],
    ['责任人', 'officerId'],
    ['拟开工时间', 'plannedStart'],
    ['计划竣工时间', 'plannedCompletion'],
    ['是否入统', 'inStatistics'],
    ['备注', 'note'],
    // What is known to be no field of ours.
    ['占年计划%', null],
    ['投资完成率', null],
    ['占月计划比例', null],
    ['月计划投资额', null],
    ['8-12月计划投资额', null],
    ['本月完成', null],
    ['至中旬完成投资额', null],
    ['排名', null],
    ['照片', null],
    ['解决措施', null],
    ['导入问题说明', null],
    ['年产值', null],
  ];
  it.each(single)('“%s” means %s', (heading, field) => {
    expect(best(heading)).toBe(field);
  });

  const paths: readonly (readonly [readonly string[], string | null])[] = [
    [['建设起', '止年限'], 'years'],
    [['2021年投资计划', '小计'], 'annualPlan'],
    [['2021年投资计划', '其中：中央'], 'fundCentral'],
    [['月完成情况', '旬完成投资额'], 'periodInvestment'],
    [['2021年计划投资', '1-6月'], null],
    [['项目业主单位', '名称'], 'builder'],
    [['项目业主单位', '联系人'], 'builderContact'],
    [['项目业主单位', '电话'], 'builderPhone'],
    [['责任单位', '责任单位'], 'unitId'],
    [['责任单位', '责任人'], 'officerId'],
    [['市或县挂钩责任单位', '联络员'], 'liaisonId'],
    [['市或县挂钩责任单位', '电话'], null],
    [['挂钩领导', '市领导'], 'cityLeaderId'],
    [['挂钩领导', '县领导'], 'countyLeaderId'],
    [['市挂钩领导', '职务'], 'title:cityLeaderId'],
    [['工程投资(亿元)', '年度计划'], 'annualPlan'],
  ];
  it.each(paths)('%j means %s', (path, field) => {
    expect(best(...path)).toBe(field);
  });
});
