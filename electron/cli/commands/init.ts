import { yearOf } from '../../../shared/domain/date.ts';
import { createSampleLedger } from '../../ledger/sample/index.ts';
import { createCityLedger } from '../../ledger/session/index.ts';
import { type CommonOptions, hostOf, withReading } from '../context.ts';
import type { Result } from '../output.ts';

export interface InitOptions extends CommonOptions {
  readonly place: string;
  readonly short: string;
  readonly preset: string;
  readonly year?: string;
  readonly sample?: boolean;
  readonly projects?: string;
  readonly reports?: string;
}

/** 新建市级台账, empty by a scheme preset or filled with the invented sample city. */
export async function init(options: InitOptions): Promise<Result> {
  const now = hostOf(options).now();
  const store =
    options.sample === true
      ? createSampleLedger(options.ledger, now, {
          ...(options.projects === undefined ? {} : { projects: Number(options.projects) }),
          ...(options.reports === undefined ? {} : { reportsPerProject: Number(options.reports) }),
        })
      : createCityLedger(
          {
            path: options.ledger,
            place: options.place,
            placeShort: options.short,
            operator: options.operator ?? '管理员',
            presetId: options.preset,
            year: options.year === undefined ? yearOf(new Date(now).toISOString().slice(0, 10)) : Number(options.year),
          },
          now,
        );
  store.close();
  return status(options);
}

/** What the ledger is and holds. */
export function status(options: CommonOptions): Promise<Result> {
  return withReading(options, async (session) => {
    const { query } = session.store;
    const office = await query
      .selectFrom('office')
      .select('name')
      .where('id', '=', session.identity.officeId)
      .executeTakeFirst();
    const count = async (entity: 'project' | 'report' | 'responsibilityUnit'): Promise<number> => {
      const row = await query
        .selectFrom(entity)
        .select(({ fn }) => fn.countAll<number>().as('c'))
        .where('voided', '=', 0)
        .executeTakeFirst();
      return row?.c ?? 0;
    };
    const value = {
      path: session.store.path,
      office: office?.name ?? null,
      officeId: session.identity.officeId,
      level: session.identity.level,
      today: session.today(),
      units: await count('responsibilityUnit'),
      projects: await count('project'),
      reports: await count('report'),
    };
    return {
      value,
      lines: [
        `${value.office ?? ''}（${value.path}）`,
        `日期 ${value.today}　责任单位 ${value.units} 个　项目 ${value.projects} 项　旬报 ${value.reports} 条`,
      ],
    };
  });
}
